using System.Net;
using System.Net.Sockets;
using Coroutines;
using Coroutines.Sockets;

namespace Server.Host.Debugger;

/// <summary>A client's connection, whose traffic is noted, and which faults slow down.</summary>
internal sealed class WatchedTransport(Connection inner, Network network, Action<WatchedTransport> closed) : ITransport
{
    // A cap on what a send takes stands for a full buffer: whoever sends on at once finds it full, once.
    private bool isFull;
    private string? peer;

    public SocketSlot Slot => inner.Slot;

    public EndPoint? RemoteEndPoint { get; } = inner.RemoteEndPoint;

    /// <summary>The same as text; made once, for whoever looks often.</summary>
    public string Peer => peer ??= RemoteEndPoint?.ToString() ?? "gone";

    public Traffic Traffic { get; } = new();

    /// <summary>How many bytes wait in the kernel to be received.</summary>
    public int AvailableBytes => Slot is { IsClosed: false, Socket: { } socket } ? socket.Available : 0;

    public ReceiveResult Receive(Span<byte> buffer, out int received)
    {
        var result = inner.Receive(buffer[..Math.Min(buffer.Length, network.Faults.ReceiveBytes)], out received);
        if (result == ReceiveResult.Data)
            Traffic.Received(buffer[..received]);
        if (network.Journal.IsOpen)
            Note(result, received);
        return result;
    }

    public SendResult Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        sent = 0;
        var result = isFull
            ? SendResult.WouldBlock
            : inner.Send(bytes[..Math.Min(bytes.Length, network.Faults.SendBytes)], out sent);
        isFull = false; // by the time that it is asked again, the poller will have said so
        if (result == SendResult.WouldBlock && network.Journal.IsOpen)
            Note(HappeningKind.Wait, $"{Slot} takes no more for now: to send would block");
        if (result != SendResult.Sent)
            return result;
        isFull = sent == network.Faults.SendBytes;
        Traffic.Sent(sent, bytes.Length);
        if (network.Journal.IsOpen)
            NoteSend(sent, bytes.Length);
        return SendResult.Sent;
    }

    public ConnectResult FinishConnect() => inner.FinishConnect();

    public void ShutdownSend() => inner.ShutdownSend();

    /// <summary>Breaks the connection, as a network does. Called on the scheduler's thread.</summary>
    public void Reset()
    {
        network.Journal.Add(HappeningKind.Fault, null, $"{Slot} is reset");
        Slot.Socket!.LingerState = new LingerOption(enable: true, seconds: 0);
        Dispose();
    }

    public void Dispose()
    {
        inner.Dispose();
        closed(this);
    }

    private void Note(ReceiveResult result, int received)
    {
        if (result == ReceiveResult.Data)
            Note(HappeningKind.Read, $"{received} bytes are received on {Slot}");
        else if (result == ReceiveResult.Reset)
            Note(HappeningKind.Fault, $"{Slot} was reset by its peer");
        else if (result == ReceiveResult.PeerClosed)
            Note(HappeningKind.Read, $"{Slot} is at its end: the peer sends no more");
    }

    private void NoteSend(int sent, int offered) =>
        Note(
            sent < offered ? HappeningKind.Partial : HappeningKind.Write,
            $"{sent} of {offered} bytes are sent on {Slot}"
        );

    private void Note(HappeningKind kind, string text) => network.Journal.Add(kind, Coroutine.Current, text);
}
