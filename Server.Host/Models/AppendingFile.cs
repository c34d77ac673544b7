using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Server.Host.AccessLogs;
using Server.Host.Files;

namespace Server.Host.Models;

/// <summary>A file that many processes write an access log to, each line by one write at its end.</summary>
/// <remarks>
/// <para>open(2): with O_APPEND the kernel finds the end and writes there in one step. pwrite(2): so it does whatever
/// offset is given.</para>
/// <para>Nobody tells a child that the file was moved away: it looks before each line whether the name still leads to the
/// file that it has open.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class AppendingFile : IAccessFile
{
    private const uint NewFileMode = 0x1b6; // rw-rw-rw-, less the umask, as the runtime makes its files

    private readonly byte[] name;
    private SafeFileHandle? file; // null before the first line

    /// <param name="path">The file; made with the first line if it isn't there.</param>
    public AppendingFile(string path) => name = Encoding.UTF8.GetBytes(Path.GetFullPath(path) + "\0");

    public void Write(ReadOnlySpan<byte> lines)
    {
        if (file is null || WasMoved(file))
        {
            var next = Open();
            file?.Dispose();
            file = next;
        }
        RandomAccess.Write(file, lines, fileOffset: 0);
    }

    public void Reopen() { } // it sees by itself

    public void Dispose() => file?.Dispose();

    private bool WasMoved(SafeFileHandle file)
    {
        const uint mask = Libc.STATX_BASIC_STATS;
        return Libc.StatX(file, "\0"u8, Libc.AT_EMPTY_PATH, mask, out var own) < 0
            || Libc.StatX(Libc.AT_FDCWD, name, flags: 0, mask, out var named) < 0
            || (own.ToStamp().Device, own.ToStamp().Inode) != (named.ToStamp().Device, named.ToStamp().Inode);
    }

    private SafeFileHandle Open()
    {
        var flags = Libc.O_WRONLY | Libc.O_CREAT | Libc.O_APPEND | Libc.O_CLOEXEC;
        var descriptor = Libc.OpenAt(Libc.AT_FDCWD, name, flags, NewFileMode);
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw SystemCall.Failure("open");
    }
}
