using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Server.Host.Files;

/// <summary>The system calls behind <see cref="LinuxFileRoot"/>; see their manual pages in section 2.</summary>
/// <remarks>Paths end in NUL. A result of -1 is an error, which <see cref="Marshal.GetLastPInvokeError"/> names. The
/// values of the flags are the same on every processor that .NET runs on.</remarks>
[SupportedOSPlatform("linux")]
internal static partial class Libc
{
    public const int AT_FDCWD = -100;
    public const int AT_EMPTY_PATH = 0x1000;
    public const uint STATX_BASIC_STATS = 0x7ff;

    public const int O_RDONLY = 0;
    public const int O_WRONLY = 1;
    public const int O_CREAT = 0x40;
    public const int O_APPEND = 0x400;
    public const int O_NOCTTY = 0x100;
    public const int O_NONBLOCK = 0x800;
    public const int O_CLOEXEC = 0x80000;
    public const int O_PATH = 0x200000;

    public const int F_SETSIG = 10;
    public const int F_SETLEASE = 1024;
    public const int F_RDLCK = 0;
    public const int F_UNLCK = 2;
    public const int SIGURG = 23;

    public const uint MFD_CLOEXEC = 1;
    public const uint MFD_ALLOW_SEALING = 2;
    public const int F_ADD_SEALS = 1033;
    public const int ALL_SEALS = 0xf; // F_SEAL_SEAL, _SHRINK, _GROW and _WRITE

    public const int RWF_NOWAIT = 8;
    public const ulong RESOLVE_CACHED = 0x20;

    public const int ENOENT = 2;
    public const int EINTR = 4;
    public const int EIO = 5;
    public const int EAGAIN = 11;
    public const int ENOMEM = 12;
    public const int ENFILE = 23;
    public const int EMFILE = 24;
    public const int ENOSYS = 38;
    public const int EOPNOTSUPP = 95;

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, ReadOnlySpan<byte> path, int flags);

    [LibraryImport("libc", EntryPoint = "openat", SetLastError = true)]
    public static partial int OpenAt(int folder, ReadOnlySpan<byte> path, int flags, uint mode);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int StatX(int folder, ReadOnlySpan<byte> path, int flags, uint mask, out StatX state);

    [LibraryImport("libc", EntryPoint = "statx", SetLastError = true)]
    public static partial int StatX(
        SafeFileHandle file,
        ReadOnlySpan<byte> path,
        int flags,
        uint mask,
        out StatX state
    );

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    public static partial int Control(SafeFileHandle file, int command, int argument);

    /// <summary>openat2(2), for which the C library has no function.</summary>
    public static nint OpenAt2(int folder, ReadOnlySpan<byte> path, OpenHow how) =>
        SystemCall(OpenAt2Number, folder, path, how, Marshal.SizeOf<OpenHow>());

    private const nint OpenAt2Number = 437; // on every processor

    [LibraryImport("libc", EntryPoint = "syscall", SetLastError = true)]
    private static partial nint SystemCall(
        nint number,
        nint folder,
        ReadOnlySpan<byte> path,
        in OpenHow how,
        nint length
    );

    [LibraryImport("libc", EntryPoint = "preadv2", SetLastError = true)]
    public static partial nint ReadAt(SafeFileHandle file, in IoVector memory, int count, nint position, int flags);

    [LibraryImport("libc", EntryPoint = "memfd_create", SetLastError = true)]
    public static partial int CreateMemoryFile(ReadOnlySpan<byte> name, uint flags);

    // The position has as many bits as a register; these are the lower ones of a long, and files here are short.
    [LibraryImport("libc", EntryPoint = "sendfile", SetLastError = true)]
    public static partial nint SendFile(SafeFileHandle to, SafeFileHandle file, ref long position, nint count);

    [LibraryImport("libc", EntryPoint = "readlink", SetLastError = true)]
    public static partial nint ReadLink(ReadOnlySpan<byte> path, Span<byte> target, nuint targetBytes);

    [LibraryImport("libc", EntryPoint = "close")]
    public static partial int Close(int descriptor);
}
