using System.Runtime;

namespace Coroutines.Tests;

/// <summary>While it lives, nothing is collected: so what <see cref="GC.GetAllocatedBytesForCurrentThread"/> tells is what
/// was allocated.</summary>
/// <remarks>A collection, which any thread may cause, takes away the buffer from which a thread allocates. What was left of
/// it, up to 8 KiB, counts as allocated from then on.</remarks>
internal sealed class NoCollections : IDisposable
{
    // What other threads of the tests may allocate meanwhile.
    private const long RoomBytes = 64 * 1024 * 1024;

    public NoCollections() =>
        GC.TryStartNoGCRegion(RoomBytes).ShouldBeTrue("The collector has no room for a stretch without it.");

    public void Dispose()
    {
        if (GCSettings.LatencyMode == GCLatencyMode.NoGCRegion)
            GC.EndNoGCRegion();
    }
}
