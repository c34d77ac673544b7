using System.Diagnostics;
using System.Net.Sockets;

namespace Coroutines.Sockets;

/// <summary>Sorts the errors of socket calls, in this one place. An interrupted call was retried by the runtime.</summary>
[DebuggerNonUserCode]
internal static class SocketErrors
{
    /// <summary>What a failed accept means.</summary>
    /// <exception cref="IOException">Nothing that a client does.</exception>
    public static AcceptResult ResultOfAccept(SocketError error) =>
        IsWouldBlock(error) ? AcceptResult.WouldBlock
        : IsOutOfDescriptors(error) ? AcceptResult.OutOfDescriptors
        : IsReset(error) ? AcceptResult.Aborted
        : throw Unexpected("accept", error);

    /// <summary>What a failed receive means.</summary>
    /// <exception cref="IOException">Nothing that a peer does.</exception>
    public static ReceiveResult ResultOfReceive(SocketError error) =>
        IsWouldBlock(error) ? ReceiveResult.WouldBlock
        : IsReset(error) ? ReceiveResult.Reset
        : throw Unexpected("recv", error);

    /// <summary>What a failed send means.</summary>
    /// <exception cref="IOException">Nothing that a peer does.</exception>
    public static SendResult ResultOfSend(SocketError error) =>
        IsWouldBlock(error) ? SendResult.WouldBlock
        : IsReset(error) ? SendResult.Reset
        : throw Unexpected("send", error);

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
