using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Sockets;

/// <summary>The calls of accept4(2), recv(2), send(2), sendfile(2), setsockopt(2) and shutdown(2), on a descriptor's number.
/// An interrupted call is made again.</summary>
/// <remarks>A <see cref="Socket"/> makes the same calls, and around each of them does more: counts, locks, looks at its
/// state. Here the caller sees to it that the descriptor is open.</remarks>
[SupportedOSPlatform("linux")]
[DebuggerNonUserCode]
internal static unsafe partial class LinuxSocket
{
    private const int NonBlocking = 0x800; // SOCK_NONBLOCK
    private const int CloseOnExec = 0x80000; // SOCK_CLOEXEC
    private const int NoSignal = 0x4000; // MSG_NOSIGNAL
    private const int More = 0x8000; // MSG_MORE
    private const int Interrupted = 4; // EINTR
    private const int Tcp = 6; // IPPROTO_TCP
    private const int CongestionControl = 13; // TCP_CONGESTION
    private const int UnsentLimit = 25; // TCP_NOTSENT_LOWAT

    /// <summary>Takes a client from the backlog; its descriptor is non-blocking and isn't inherited by children.</summary>
    /// <returns>The descriptor; below 0 if there is none, for the reason in <paramref name="error"/>.</returns>
    public static int Accept(int listener, out LinuxAddress address, out SocketError error)
    {
        address = default;
        int client;
        fixed (LinuxAddress* bytes = &address)
        {
            do
            {
                var length = sizeof(LinuxAddress);
                client = accept4(listener, bytes, &length, NonBlocking | CloseOnExec);
            } while (client < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        }
        error = client < 0 ? LastError() : SocketError.Success;
        return client;
    }

    /// <summary>Returns how many bytes came: 0 at the peer's end; below 0 for the reason in <paramref name="error"/>.</summary>
    public static int Receive(int descriptor, Span<byte> buffer, out SocketError error)
    {
        nint received;
        fixed (byte* bytes = buffer)
        {
            do received = recv(descriptor, bytes, buffer.Length, 0);
            while (received < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        }
        error = received < 0 ? LastError() : SocketError.Success;
        return (int)received;
    }

    /// <summary>Returns how many bytes were taken; below 0 for the reason in <paramref name="error"/>.</summary>
    public static int Send(int descriptor, ReadOnlySpan<byte> buffer, out SocketError error) =>
        Send(descriptor, buffer, NoSignal, out error);

    /// <summary>The same for bytes behind which others follow at once: they wait for those, to fill packets.</summary>
    /// <inheritdoc cref="Send(int, ReadOnlySpan{byte}, out SocketError)"/>
    public static int SendMore(int descriptor, ReadOnlySpan<byte> buffer, out SocketError error) =>
        Send(descriptor, buffer, NoSignal | More, out error);

    /// <summary>Has the kernel send a stretch of a file: it takes references to the pages that it keeps of the file, and copies
    /// nothing. Waits for the disk where there are none.</summary>
    /// <returns>How many bytes were taken: 0 if the file ends before <paramref name="position"/>; below 0 for the reason in
    /// <paramref name="error"/>.</returns>
    public static int SendFile(int descriptor, SafeFileHandle file, long position, int count, out SocketError error)
    {
        nint sent;
        do sent = sendfile(descriptor, file, &position, count);
        while (sent < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        error = sent < 0 ? LastError() : SocketError.Success;
        return (int)sent;
    }

    /// <summary>Has an algorithm decide how much may be on its way (tcp(7): TCP_CONGESTION). False if there is none of that
    /// name, or only the administrator may choose it.</summary>
    public static bool TryControlCongestionBy(ReadOnlySpan<byte> algorithm, int descriptor)
    {
        fixed (byte* name = algorithm)
            return setsockopt(descriptor, Tcp, CongestionControl, name, algorithm.Length) == 0;
    }

    /// <summary>Says how much the kernel may keep that was sent and isn't on its way yet. Who is accepted has what the listener
    /// has.</summary>
    public static void LimitUnsent(int descriptor, int bytes) =>
        _ = setsockopt(descriptor, Tcp, UnsentLimit, (byte*)&bytes, sizeof(int)); // no other protocol has it: then it stays

    /// <summary>Says that no more will be sent.</summary>
    public static SocketError ShutdownSend(int descriptor) =>
        shutdown(
            descriptor,
            1 /* SHUT_WR */
        ) == 0
            ? SocketError.Success
            : LastError();

    private static int Send(int descriptor, ReadOnlySpan<byte> buffer, int flags, out SocketError error)
    {
        nint sent;
        fixed (byte* bytes = buffer)
        {
            do sent = send(descriptor, bytes, buffer.Length, flags);
            while (sent < 0 && Marshal.GetLastPInvokeError() == Interrupted);
        }
        error = sent < 0 ? LastError() : SocketError.Success;
        return (int)sent;
    }

    private static SocketError LastError() => LinuxErrors.Sort(Marshal.GetLastPInvokeError());

    [LibraryImport("libc", SetLastError = true)]
    private static partial int accept4(int descriptor, LinuxAddress* address, int* length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint recv(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint send(int descriptor, byte* buffer, nint length, int flags);

    [LibraryImport("libc", SetLastError = true)]
    private static partial nint sendfile(int descriptor, SafeFileHandle file, long* position, nint count);

    [LibraryImport("libc")]
    private static partial int setsockopt(int descriptor, int level, int option, byte* value, int length);

    [LibraryImport("libc", SetLastError = true)]
    private static partial int shutdown(int descriptor, int how);
}
