using System.Runtime.Versioning;
using System.Text;
using Microsoft.Win32.SafeHandles;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>The access log of a child: many processes write to one file, each line by one write at its end.</summary>
/// <remarks>open(2): with O_APPEND the kernel finds the end and writes there in one step. pwrite(2): so it does whatever
/// offset is given.</remarks>
[SupportedOSPlatform("linux")]
internal static class AppendingLog
{
    private const uint NewFileMode = 0x1b6; // rw-rw-rw-, less the umask, as the runtime makes its files

    /// <param name="destination">A file, <see cref="ServerOptions.StandardOutput"/> or <see cref="ServerOptions.Off"/>.
    /// </param>
    public static IAccessLog Open(string destination)
    {
        if (destination == ServerOptions.Off)
            return new NoAccessLog();
        if (destination == ServerOptions.StandardOutput)
            return new AccessLog(Console.WriteLine, TimeProvider.System);
        var file = OpenFile(destination);
        return new AccessLog(
            line => RandomAccess.Write(file, Encoding.ASCII.GetBytes(line + "\n"), fileOffset: 0),
            TimeProvider.System
        );
    }

    // The parent has made it; whoever moves it away, so that a new one begins, may have done so since.
    private static SafeFileHandle OpenFile(string path)
    {
        var name = Encoding.UTF8.GetBytes(Path.GetFullPath(path) + "\0");
        var flags = Libc.O_WRONLY | Libc.O_CREAT | Libc.O_APPEND | Libc.O_CLOEXEC;
        var descriptor = Libc.OpenAt(Libc.AT_FDCWD, name, flags, NewFileMode);
        return descriptor >= 0 ? new(descriptor, ownsHandle: true) : throw SystemCall.Failure("open");
    }
}
