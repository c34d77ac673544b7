using Microsoft.Win32.SafeHandles;
using Server.Host.Files;

namespace Coroutines.Tests.Server.Http;

/// <summary>A folder on a disk that is broken.</summary>
internal sealed class BrokenRoot : IFileRoot
{
    public Located Locate(ReadOnlySpan<byte> path) => throw new IOException("The disk is broken.");

    public OpenedFile Open(ReadOnlySpan<byte> path) => throw new IOException("The disk is broken.");

    public FileStamp Stamp(SafeFileHandle file) => throw new IOException("The disk is broken.");

    public bool? HasWriter(SafeFileHandle file) => null;
}
