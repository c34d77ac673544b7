namespace Coroutines.Tests.Core;

/// <summary>A clock that is set, and allocates nothing.</summary>
internal sealed class TickingClock : TimeProvider
{
    public long Milliseconds { get; set; } = 1;

    public override long TimestampFrequency => 1_000;

    public override long GetTimestamp() => Milliseconds;
}
