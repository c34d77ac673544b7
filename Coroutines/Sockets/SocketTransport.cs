using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Coroutines.Sockets;

/// <summary>A connected, or connecting, non-blocking socket.</summary>
[DebuggerNonUserCode]
internal sealed class SocketTransport : ITransport
{
    private readonly Socket socket;
    private ConnectResult connect = ConnectResult.Connected;

    public SocketTransport(Socket socket)
    {
        this.socket = socket;
        socket.Blocking = false;
        Slot = new SocketSlot(socket);
    }

    public SocketSlot Slot { get; }

    public EndPoint? RemoteEndPoint
    {
        get
        {
            try
            {
                return socket.RemoteEndPoint;
            }
            catch (Exception gone) when (gone is SocketException or ObjectDisposedException)
            {
                return null;
            }
        }
    }

    public ReceiveResult Receive(Span<byte> buffer, out int received)
    {
        received = 0;
        if (Slot.IsClosed)
            return ReceiveResult.Closed;
        received = socket.Receive(buffer, SocketFlags.None, out var error);
        if (error == SocketError.Success)
            return received > 0 ? ReceiveResult.Data : ReceiveResult.PeerClosed;
        received = 0;
        return SocketErrors.ResultOfReceive(error);
    }

    public SendResult Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        if (Slot.IsClosed)
            return SendResult.Closed;
        sent = socket.Send(bytes, SocketFlags.None, out var error);
        if (error == SocketError.Success)
            return SendResult.Sent;
        if (sent > 0 && SocketErrors.IsWouldBlock(error))
            return SendResult.Sent;
        sent = 0;
        return SocketErrors.ResultOfSend(error);
    }

    public ConnectResult FinishConnect()
    {
        if (Slot.IsClosed)
            return ConnectResult.Closed;
        // The system tells the error once only.
        if (connect == ConnectResult.WouldBlock && HasEndedConnecting)
            connect = ResultOf((SocketError)socket.GetSocketOption(SocketOptionLevel.Socket, SocketOptionName.Error)!);
        return connect;
    }

    public void ShutdownSend()
    {
        if (Slot.IsClosed)
            return;
        try
        {
            socket.Shutdown(SocketShutdown.Send);
        }
        catch (SocketException gone) when (SocketErrors.IsReset(gone.SocketErrorCode))
        {
            // The peer has gone: there is nobody left to tell.
        }
    }

    public void Dispose()
    {
        Slot.Close();
        socket.Dispose();
    }

    /// <summary>Begins to connect.</summary>
    public static SocketTransport StartConnect(EndPoint peer, out ConnectResult result)
    {
        var socket = new Socket(peer.AddressFamily, SocketType.Stream, ProtocolOf(peer));
        try
        {
            if (peer.AddressFamily != AddressFamily.Unix)
                socket.NoDelay = true; // as that of those that accept
            var transport = new SocketTransport(socket);
            result = transport.connect = transport.StartConnect(peer);
            return transport;
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private bool HasEndedConnecting => socket.Poll(0, SelectMode.SelectWrite) || socket.Poll(0, SelectMode.SelectError);

    private ConnectResult StartConnect(EndPoint peer)
    {
        try
        {
            socket.Connect(peer);
            return ConnectResult.Connected;
        }
        catch (SocketException thrown) when (IsUnixRefusal(peer, thrown.SocketErrorCode))
        {
            return ConnectResult.Refused;
        }
        catch (SocketException thrown)
        {
            return ResultOf(thrown.SocketErrorCode);
        }
    }

    // There is no such file (AddressNotAvailable), or its backlog is full: such a connect is never under way.
    private static bool IsUnixRefusal(EndPoint peer, SocketError error) =>
        peer.AddressFamily == AddressFamily.Unix
        && error is (SocketError.AddressNotAvailable or SocketError.WouldBlock);

    private static ConnectResult ResultOf(SocketError error) =>
        error == SocketError.Success ? ConnectResult.Connected
        : SocketErrors.IsWouldBlock(error) ? ConnectResult.WouldBlock
        : error == SocketError.ConnectionRefused ? ConnectResult.Refused
        : SocketErrors.IsReset(error) ? ConnectResult.Unreachable
        : throw SocketErrors.Unexpected("connect", error);

    private static ProtocolType ProtocolOf(EndPoint peer) =>
        peer.AddressFamily == AddressFamily.Unix ? ProtocolType.Unspecified : ProtocolType.Tcp;
}
