using System.Diagnostics;
using System.Net.Sockets;

namespace Coroutines.Sockets;

/// <summary>The runtime's names for Linux's error numbers of socket calls: <see cref="SocketErrors"/> sorts them further.
/// </summary>
[DebuggerNonUserCode]
internal static class LinuxErrors
{
    /// <param name="number">errno(3), the same on every processor that .NET runs on. One that isn't here stands for itself.
    /// </param>
    public static SocketError Sort(int number) =>
        number switch
        {
            1 or 13 => SocketError.AccessDenied, // EPERM, EACCES: a firewall's doing
            11 => SocketError.WouldBlock, // EAGAIN
            12 or 105 => SocketError.NoBufferSpaceAvailable, // ENOMEM, ENOBUFS
            23 or 24 => SocketError.TooManyOpenSockets, // ENFILE, EMFILE
            32 => SocketError.Shutdown, // EPIPE
            100 => SocketError.NetworkDown, // ENETDOWN
            101 => SocketError.NetworkUnreachable, // ENETUNREACH
            102 => SocketError.NetworkReset, // ENETRESET
            103 => SocketError.ConnectionAborted, // ECONNABORTED
            104 => SocketError.ConnectionReset, // ECONNRESET
            107 => SocketError.NotConnected, // ENOTCONN
            110 => SocketError.TimedOut, // ETIMEDOUT
            111 => SocketError.ConnectionRefused, // ECONNREFUSED
            112 => SocketError.HostDown, // EHOSTDOWN
            113 => SocketError.HostUnreachable, // EHOSTUNREACH
            // accept(2): errors of a connection that has gone already, to be passed over.
            64 or 71 or 92 or 95 => SocketError.ConnectionAborted, // ENONET, EPROTO, ENOPROTOOPT, EOPNOTSUPP
            _ => (SocketError)number,
        };
}
