// Nothing outside of the root, ever: a check of names would race with whoever swaps a link between the check and the
// opening. So the order here is: stand at the file (O_PATH, which opens nothing), ask the kernel where that is, ask
// what it is, and only then open it through the descriptor, which is the very file that was checked.
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>The served folder on Linux, guarded by descriptors.</summary>
/// <remarks>Allocates nothing but the handle of a file that it opens.</remarks>
/// <param name="folder">An absolute path.</param>
/// <param name="links">Which links are followed.</param>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFileRoot(string folder, FollowedLinks links = FollowedLinks.Inside) : IFileRoot
{
    private readonly byte[] root = Encoding.UTF8.GetBytes(folder + '\0');
    private readonly byte[] terminated = new byte[TargetPath.BufferBytes + 1];

    public Located Locate(ReadOnlySpan<byte> path)
    {
        using var place = Find(path);
        return place.Exists ? place.Locate() : default;
    }

    public OpenedFile Open(ReadOnlySpan<byte> path)
    {
        using var place = Find(path);
        var located = place.Exists ? place.Locate() : default;
        if (located.Kind != FileKind.File)
            return new(located, Handle: null);
        return place.OpenForReading() is { } file ? new(located, file) : default;
    }

    public FileStamp Stamp(SafeFileHandle file)
    {
        var result = Libc.StatX(file, "\0"u8, Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, out var state);
        return result >= 0 ? state.ToStamp() : throw SystemCall.Failure("statx");
    }

    private PathDescriptor Find(ReadOnlySpan<byte> path)
    {
        using var top = PathDescriptor.At(root);
        if (!top.Exists)
            return top;
        var place = top.Enter(Terminate(path));
        if (!place.Exists || links == FollowedLinks.All || IsInside(top, place))
            return place;
        place.Dispose();
        return PathDescriptor.Nowhere;
    }

    private static bool IsInside(PathDescriptor top, PathDescriptor place)
    {
        var folder = top.RealPath(stackalloc byte[PathDescriptor.RealPathBytes]);
        var path = place.RealPath(stackalloc byte[PathDescriptor.RealPathBytes]);
        return RealPath.IsInside(folder, path, (byte)'/');
    }

    private ReadOnlySpan<byte> Terminate(ReadOnlySpan<byte> path)
    {
        path.CopyTo(terminated);
        terminated[path.Length] = 0;
        return terminated.AsSpan(0, path.Length + 1);
    }
}
