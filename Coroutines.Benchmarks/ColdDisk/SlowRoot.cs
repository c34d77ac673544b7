using Microsoft.Win32.SafeHandles;
using Server.Host.Files;

namespace Coroutines.Benchmarks.ColdDisk;

/// <summary>A folder on a slow disk, of which large files are never in memory.</summary>
/// <param name="root">The folder.</param>
/// <param name="largeBytes">From this length on a file is large.</param>
/// <param name="delay">How long the disk takes each time.</param>
internal sealed class SlowRoot(IFileRoot root, long largeBytes, TimeSpan delay) : IFileRoot
{
    public Located Locate(ReadOnlySpan<byte> path) => root.Locate(path);

    public OpenedFile Open(ReadOnlySpan<byte> path) => root.Open(path);

    public FileStamp Stamp(SafeFileHandle file) => root.Stamp(file);

    public bool? HasWriter(SafeFileHandle file) => root.HasWriter(file);

    public int? TryRead(SafeFileHandle file, Span<byte> destination, long position) =>
        RandomAccess.GetLength(file) < largeBytes ? root.TryRead(file, destination, position) : null;

    public void Fetch(SafeFileHandle file, long position, long count) => Thread.Sleep(delay);
}
