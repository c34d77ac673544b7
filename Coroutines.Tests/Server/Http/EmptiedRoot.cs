using Coroutines.Tests.Server.Files;
using Microsoft.Win32.SafeHandles;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>A folder in which short files are empty by the time they are opened, and keep changing.</summary>
internal sealed class EmptiedRoot(IFileRoot root) : RootAround(root)
{
    private int changes;

    public override bool? HasWriter(SafeFileHandle file) => null;

    public override FileStamp Stamp(SafeFileHandle file)
    {
        var stamp = base.Stamp(file);
        return stamp.LengthBytes > 10
            ? stamp
            : stamp with
            {
                LengthBytes = 0,
                ChangedAt = stamp.ChangedAt.AddSeconds(++changes),
            };
    }
}
