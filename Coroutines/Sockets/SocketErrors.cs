using System.Diagnostics;
using System.Net.Sockets;

namespace Coroutines.Sockets;

/// <summary>Sorts the errors of socket calls, in this one place. An interrupted call was retried by the runtime.</summary>
[DebuggerNonUserCode]
internal static class SocketErrors
{
    /// <summary>Whether nothing was done since the call would have blocked.</summary>
    public static bool IsWouldBlock(SocketError error) =>
        error is SocketError.WouldBlock or SocketError.IOPending or SocketError.InProgress or SocketError.TryAgain;

    /// <summary>Whether the connection is at its end by something that the peer or the network did.</summary>
    public static bool IsReset(SocketError error) =>
        error
            is SocketError.ConnectionReset
                or SocketError.ConnectionAborted
                or SocketError.Shutdown
                or SocketError.NotConnected
                or SocketError.NetworkReset
                or SocketError.TimedOut
                or SocketError.ConnectionRefused
        || IsUnreachable(error);

    /// <summary>Whether the way to the peer is broken.</summary>
    public static bool IsUnreachable(SocketError error) =>
        error
            is SocketError.HostUnreachable
                or SocketError.HostDown
                or SocketError.NetworkUnreachable
                or SocketError.NetworkDown
                or SocketError.AccessDenied;

    /// <summary>Whether there is no descriptor, or no memory, for one more socket.</summary>
    public static bool IsOutOfDescriptors(SocketError error) =>
        error is SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable;

    /// <summary>An error that is nobody's ordinary doing.</summary>
    public static IOException Unexpected(string call, SocketError error) =>
        new($"{call} failed: {error}.", new SocketException((int)error));
}
