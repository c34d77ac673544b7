using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Server.Host.AccessLogs;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>The access log of a child: many processes write to one file, each line by one write at its end.</summary>
/// <remarks>
/// <para>open(2): with O_APPEND the kernel finds the end and writes there in one step. pwrite(2): so it does whatever
/// offset is given.</para>
/// <para>Nobody tells a child that the file was moved away: it looks before each line whether the name still leads to the
/// file that it has open.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
internal sealed class AppendingLog : IAccessLines
{
    private const uint NewFileMode = 0x1b6; // rw-rw-rw-, less the umask, as the runtime makes its files

    private readonly byte[] name;
    private SafeFileHandle? file; // null before the first line

    private AppendingLog(string path) => name = Encoding.UTF8.GetBytes(Path.GetFullPath(path) + "\0");

    /// <param name="destination">A file, <see cref="ServerOptions.StandardOutput"/> or <see cref="ServerOptions.Off"/>.
    /// </param>
    /// <param name="format">One of <see cref="AccessLogFormats.Names"/>.</param>
    /// <param name="failed">Is told what went wrong: a full disk, say. The line is lost then.</param>
    public static IAccessLog Open(string destination, string format, Action<IOException> failed)
    {
        if (destination == ServerOptions.Off)
            return new NoAccessLog();
        IAccessLines lines =
            destination == ServerOptions.StandardOutput ? new PrintedLines() : new AppendingLog(destination);
        return AccessLogFormats.Open(format, new LossyLines(lines, failed), TimeProvider.System);
    }

    public void Add(ReadOnlySpan<byte> line)
    {
        if (file is null || WasMoved(file))
        {
            var next = Open();
            file?.Dispose();
            file = next;
        }
        RandomAccess.Write(file, line, fileOffset: 0);
    }

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
