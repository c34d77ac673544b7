using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>A folder whose files belong to others: nobody here can tell whether they are being written.</summary>
internal sealed class FolderOfStrangers(IFileRoot root) : IFileRoot
{
    public Located Locate(ReadOnlySpan<byte> path) => root.Locate(path);

    public OpenedFile Open(ReadOnlySpan<byte> path) => root.Open(path);

    public FileStamp Stamp(SafeFileHandle file) => root.Stamp(file);

    public bool? HasWriter(SafeFileHandle file) => null;
}
