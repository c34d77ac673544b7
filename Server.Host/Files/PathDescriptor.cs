using System.Buffers.Text;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>A descriptor that stands for a place in the file system without having opened what is there (<c>O_PATH</c>):
/// getting one never blocks and has no effect on a FIFO or a device.</summary>
/// <remarks>Owned by a <c>using</c> in one method; unlike a SafeHandle it costs no allocation. Paths end in NUL.</remarks>
[SupportedOSPlatform("linux")]
internal readonly struct PathDescriptor : IDisposable
{
    /// <summary>The size of the buffer for <see cref="RealPath"/>, in bytes.</summary>
    public const int RealPathBytes = 4096; // Linux: PATH_MAX, and the page in which the kernel writes the path

    private const int LinkBytes = 32; // holds a link: the folder, at most ten digits and NUL

    private readonly int number;

    private static ReadOnlySpan<byte> Links => "/proc/self/fd/"u8;

    private PathDescriptor(int number) => this.number = number;

    /// <summary>Stands for no place.</summary>
    public static PathDescriptor Nowhere => new(-1);

    /// <summary>False if the path led to nothing; the other members are then not to be used.</summary>
    public bool IsSomewhere => number >= 0;

    /// <summary>Whether an absolute path leads to anything.</summary>
    public static bool Exists(ReadOnlySpan<byte> path) =>
        SystemCall.Found(Libc.StatX(Libc.AT_FDCWD, path, 0, mask: 0, out _), "statx");

    /// <summary>Whether to go to an absolute path would wait for the disk. False if nobody can tell: on Linux before 5.12.
    /// </summary>
    public static bool IsCold(ReadOnlySpan<byte> path)
    {
        const int flags = Libc.O_PATH | Libc.O_CLOEXEC;
        var opened = Libc.OpenAt2(Libc.AT_FDCWD, path, new() { Flags = flags, Resolve = Libc.RESOLVE_CACHED });
        if (opened < 0)
            return Marshal.GetLastPInvokeError() == Libc.EAGAIN;
        _ = Libc.Close((int)opened);
        return false;
    }

    /// <summary>Has what leads to an absolute path in memory, waiting for the disk; whether it leads to anything or not.
    /// False if there is nothing.</summary>
    public static bool Fetch(ReadOnlySpan<byte> path) =>
        Libc.StatX(Libc.AT_FDCWD, path, 0, mask: 0, out _) >= 0 || Marshal.GetLastPInvokeError() != Libc.ENOENT;

    /// <summary>Goes to an absolute path.</summary>
    public static PathDescriptor At(ReadOnlySpan<byte> path) => new(Open(Libc.AT_FDCWD, path, Libc.O_PATH));

    /// <summary>Goes from here to a relative path, through links.</summary>
    public PathDescriptor Enter(ReadOnlySpan<byte> path) => new(Open(number, path, Libc.O_PATH));

    /// <summary>What stands here.</summary>
    public Located Locate()
    {
        var result = Libc.StatX(number, "\0"u8, Libc.AT_EMPTY_PATH, Libc.STATX_BASIC_STATS, out var state);
        return SystemCall.Found(result, "statx") ? state.ToLocated() : default;
    }

    /// <summary>Where this is, without links; empty if the kernel cannot say.</summary>
    public ReadOnlySpan<byte> RealPath(Span<byte> buffer)
    {
        var length = Libc.ReadLink(Link(stackalloc byte[LinkBytes]), buffer, (nuint)buffer.Length);
        // A path that fills the buffer may have been cut.
        return length >= 0 && length < buffer.Length ? buffer[..(int)length] : default;
    }

    /// <summary>Opens the very file that stands here, whatever its path leads to by now; null if its rights forbid
    /// it.</summary>
    public SafeFileHandle? OpenForReading()
    {
        // Without O_NONBLOCK a lease that another process holds on the file would hold up the loop.
        const int flags = Libc.O_RDONLY | Libc.O_NONBLOCK | Libc.O_NOCTTY;
        var file = Open(Libc.AT_FDCWD, Link(stackalloc byte[LinkBytes]), flags);
        return file >= 0 ? new SafeFileHandle(file, ownsHandle: true) : null;
    }

    public void Dispose()
    {
        if (IsSomewhere)
            _ = Libc.Close(number); // nothing was written, so there is nothing to lose
    }

    private ReadOnlySpan<byte> Link(Span<byte> buffer)
    {
        Links.CopyTo(buffer);
        Utf8Formatter.TryFormat(number, buffer[Links.Length..], out var digits);
        var length = Links.Length + digits;
        buffer[length] = 0;
        return buffer[..(length + 1)];
    }

    private static int Open(int folder, ReadOnlySpan<byte> path, int flags)
    {
        int opened;
        do opened = Libc.OpenAt(folder, path, flags | Libc.O_CLOEXEC);
        while (opened < 0 && SystemCall.WasInterrupted);
        return SystemCall.Found(opened, "openat") ? opened : -1;
    }
}
