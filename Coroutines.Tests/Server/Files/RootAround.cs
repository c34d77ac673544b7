using global::Server.Host.Files;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Tests.Server.Files;

/// <summary>A folder that is as another one, but for what a test has it do differently.</summary>
internal abstract class RootAround(IFileRoot root) : IFileRoot
{
    /// <summary>The files that were opened, in order.</summary>
    public List<SafeFileHandle> Opened { get; } = [];

    public virtual Located Locate(ReadOnlySpan<byte> path) => root.Locate(path);

    public virtual OpenedFile Open(ReadOnlySpan<byte> path)
    {
        var opened = root.Open(path);
        if (opened.Handle is { } handle)
            Opened.Add(handle);
        return opened;
    }

    public virtual FileStamp Stamp(SafeFileHandle file) => root.Stamp(file);

    public virtual bool? HasWriter(SafeFileHandle file) => root.HasWriter(file);
}
