using Microsoft.Win32.SafeHandles;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>A folder in which short files are empty by the time they are opened, and keep changing.</summary>
internal sealed class EmptiedRoot(IFileRoot root) : IFileRoot
{
    private int changes;

    public Located Locate(ReadOnlySpan<byte> path) => root.Locate(path);

    public OpenedFile Open(ReadOnlySpan<byte> path) => root.Open(path);

    public bool? HasWriter(SafeFileHandle file) => null;

    public FileStamp Stamp(SafeFileHandle file)
    {
        var stamp = root.Stamp(file);
        return stamp.LengthBytes > 10
            ? stamp
            : stamp with
            {
                LengthBytes = 0,
                ChangedAt = stamp.ChangedAt.AddSeconds(++changes),
            };
    }
}
