// Nothing outside of the root, ever: a check of names would race with whoever swaps a link between the check and the
// opening. So the order here is: stand at the file (O_PATH, which opens nothing), ask the kernel where that is, ask
// what it is, and only then open it through the descriptor, which is the very file that was checked.
//
// Before all that, one call tells whether there is anything at all, since most questions are about what isn't there: the
// coded files beside each file, and whatever scanners ask for.
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>The served folder on Linux, guarded by descriptors.</summary>
/// <remarks>Allocates nothing but the handle of a file that it opens.</remarks>
[SupportedOSPlatform("linux")]
internal sealed class LinuxFileRoot : IFileRoot
{
    private readonly FollowedLinks links;
    private readonly byte[] root;
    private readonly byte[] whole; // the root, a slash, and behind it the path that is asked for
    private PathDescriptor top = PathDescriptor.Nowhere;
    private int visits;

    /// <param name="folder">An absolute path.</param>
    /// <param name="links">Which links are followed.</param>
    public LinuxFileRoot(string folder, FollowedLinks links = FollowedLinks.Inside)
    {
        this.links = links;
        root = Encoding.UTF8.GetBytes(folder + '\0');
        whole = new byte[root.Length + TargetPath.BufferBytes + 1];
        root.CopyTo(whole);
        whole[root.Length - 1] = (byte)'/';
    }

    public void Enter() => visits++;

    public void Leave()
    {
        visits--;
        if (visits > 0)
            return;
        top.Dispose();
        top = PathDescriptor.Nowhere;
    }

    public bool Exists(ReadOnlySpan<byte> path)
    {
        Terminate(path);
        return PathDescriptor.Exists(whole);
    }

    public Located Locate(ReadOnlySpan<byte> path)
    {
        using var place = Find(path);
        return place.IsSomewhere ? place.Locate() : default;
    }

    public OpenedFile Open(ReadOnlySpan<byte> path)
    {
        using var place = Find(path);
        var located = place.IsSomewhere ? place.Locate() : default;
        if (located.Kind != FileKind.File)
            return new(located, Handle: null);
        return place.OpenForReading() is { } file ? new(located, file) : default;
    }

    public FileStamp Stamp(SafeFileHandle file)
    {
        var result = Libc.StatX(file, "\0"u8, Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, out var state);
        return result >= 0 ? state.ToStamp() : throw SystemCall.Failure("statx");
    }

    // fcntl(2): a lease to read is granted only if nobody has the file open for writing. It is given back at once; who opens
    // the file in between waits for that. The signal for it is one that is ignored: by default it would end this process.
    public bool? HasWriter(SafeFileHandle file)
    {
        if (Libc.Control(file, Libc.F_SETSIG, Libc.SIGURG) < 0)
            return null;
        if (Libc.Control(file, Libc.F_SETLEASE, Libc.F_RDLCK) < 0)
            return Marshal.GetLastPInvokeError() == Libc.EAGAIN ? true : null; // somebody else's file, or a network's
        _ = Libc.Control(file, Libc.F_SETLEASE, Libc.F_UNLCK);
        return false;
    }

    public Func<bool>? WayTo(ReadOnlySpan<byte> path)
    {
        Terminate(path);
        if (!PathDescriptor.IsCold(whole))
            return null;
        var way = whole.AsSpan(0, root.Length + path.Length).ToArray();
        return () => Fetch(way);
    }

    // And what may lie coded beside it.
    private static bool Fetch(byte[] path)
    {
        var isThere = PathDescriptor.Fetch([.. path, 0]);
        foreach (var coding in CodingNames.All)
            isThere |= PathDescriptor.Fetch([.. path, .. CodingNames.ExtensionOf(coding), 0]);
        return isThere;
    }

    public unsafe int? TryRead(SafeFileHandle file, Span<byte> destination, long position)
    {
        if (!Environment.Is64BitProcess) // where positions have 32 bits
            return RandomAccess.Read(file, destination, position);
        fixed (byte* start = destination)
        {
            var memory = new IoVector { Start = (nint)start, LengthBytes = destination.Length };
            nint read;
            do read = Libc.ReadAt(file, memory, 1, (nint)position, Libc.RWF_NOWAIT);
            while (read < 0 && SystemCall.WasInterrupted);
            return read >= 0 ? (int)read
                : WouldWait() ? null
                : throw SystemCall.Failure("preadv2");
        }
    }

    // EOPNOTSUPP: a file system that can't tell, such as one of a network; ENOSYS: Linux before 4.6.
    private static bool WouldWait() => Marshal.GetLastPInvokeError() is Libc.EAGAIN or Libc.EOPNOTSUPP or Libc.ENOSYS;

    private PathDescriptor Find(ReadOnlySpan<byte> path)
    {
        if (!Exists(path))
            return PathDescriptor.Nowhere;
        using var visit = new Visit(this);
        if (!top.IsSomewhere)
            top = PathDescriptor.At(root);
        if (!top.IsSomewhere)
            return PathDescriptor.Nowhere;
        var place = top.Enter(Terminate(path));
        if (!place.IsSomewhere || links == FollowedLinks.All || IsInside(place))
            return place;
        place.Dispose();
        return PathDescriptor.Nowhere;
    }

    private bool IsInside(PathDescriptor place)
    {
        var folder = top.RealPath(stackalloc byte[PathDescriptor.RealPathBytes]);
        var path = place.RealPath(stackalloc byte[PathDescriptor.RealPathBytes]);
        return RealPath.IsInside(folder, path, (byte)'/');
    }

    private ReadOnlySpan<byte> Terminate(ReadOnlySpan<byte> path)
    {
        var place = whole.AsSpan(root.Length);
        path.CopyTo(place);
        place[path.Length] = 0;
        return place[..(path.Length + 1)];
    }
}
