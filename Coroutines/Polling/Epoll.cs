using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Mono.Unix;

namespace Coroutines.Polling;

/// <summary>The three calls of epoll(7). An interrupted call is no error: it found nothing.</summary>
/// <remarks>Own declarations, since those of Mono.Posix hold a wrong EPOLL_CLOEXEC and a wrong event on arm64
/// (docs/adr/0004).</remarks>
[SupportedOSPlatform("linux")]
internal static unsafe partial class Epoll
{
    public const uint In = 0x001;
    public const uint Out = 0x004;
    public const uint Error = 0x008;
    public const uint HangUp = 0x010;

    private const int CloseOnExec = 0x80000;
    private const int Interrupted = 4; // EINTR

    // struct epoll_event { uint32_t events; epoll_data_t data; }, packed on x86-64 only.
    private static readonly bool IsPacked = RuntimeInformation.ProcessArchitecture == Architecture.X64;
    private static readonly int DataOffset = IsPacked ? 4 : 8;
    private static readonly int EventBytes = IsPacked ? 12 : 16;

    public enum Operation
    {
        Add = 1,
        Delete = 2,
        Modify = 3,
    }

    public static int Create()
    {
        var epoll = epoll_create1(CloseOnExec);
        return epoll >= 0 ? epoll : throw Failed("epoll_create1");
    }

    /// <summary>Returns 0, or the error number.</summary>
    public static int Control(int epoll, Operation operation, int descriptor, uint events, ulong data)
    {
        var change = stackalloc byte[16];
        *(uint*)change = events;
        *(ulong*)(change + DataOffset) = data;
        return epoll_ctl(epoll, (int)operation, descriptor, change) == 0 ? 0 : Marshal.GetLastPInvokeError();
    }

    /// <summary>Returns how many events lie in <paramref name="events"/> when one came, or after a timeout in milliseconds
    /// (-1: no limit).</summary>
    public static int Wait(int epoll, byte[] events, int timeout)
    {
        fixed (byte* buffer = events)
        {
            var count = epoll_wait(epoll, buffer, events.Length / EventBytes, timeout);
            if (count >= 0)
                return count;
        }
        return Marshal.GetLastPInvokeError() == Interrupted ? 0 : throw Failed("epoll_wait");
    }

    public static byte[] Buffer(int events) => new byte[events * EventBytes];

    public static (uint Events, ulong Data) Read(byte[] events, int index)
    {
        fixed (byte* buffer = &events[index * EventBytes])
            return (*(uint*)buffer, *(ulong*)(buffer + DataOffset));
    }

    public static IOException Failed(string call) => Failed(call, Marshal.GetLastPInvokeError());

    public static IOException Failed(string call, int error) =>
        new($"{call} failed: {UnixMarshal.GetErrorDescription((Mono.Unix.Native.Errno)error)} (errno {error}).");

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_create1(int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_ctl(int epoll, int operation, int descriptor, byte* change);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int epoll_wait(int epoll, byte* events, int maxEvents, int timeout);
}
