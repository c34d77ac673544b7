using System.Net;
using Coroutines.Polling;
using Coroutines.Sockets;
using Coroutines.Testing;

namespace Coroutines.Tests.Server.Http;

/// <summary>A client that sends the same request over and over, as soon as it was answered. Allocates nothing.</summary>
internal sealed class RepeatingTransport : ITransport, IScripted
{
    private readonly ScriptedPoller poller;
    private readonly byte[] request;
    private long wanted;
    private int position;

    public RepeatingTransport(ScriptedPoller poller, byte[] request)
    {
        (this.poller, this.request) = (poller, request);
        Slot = poller.Add(this);
    }

    public SocketSlot Slot { get; }

    public EndPoint? RemoteEndPoint => null;

    /// <summary>How many bytes it was sent.</summary>
    public long ReceivedBytes { get; private set; }

    public bool IsSilent => wanted == 0;

    /// <summary>Lets it send so many requests, whole, one by one.</summary>
    public void Ask(int requests) => wanted += requests;

    public Interest Poll() => Interest.Write | (wanted > 0 ? Interest.Read : Interest.None);

    public ReceiveResult Receive(Span<byte> buffer, out int received)
    {
        received = 0;
        if (wanted == 0)
            return ReceiveResult.WouldBlock;
        received = Math.Min(buffer.Length, request.Length - position);
        request.AsSpan(position, received).CopyTo(buffer);
        position += received;
        if (position < request.Length)
            return ReceiveResult.Data;
        (position, wanted) = (0, wanted - 1);
        return ReceiveResult.Data;
    }

    public SendResult Send(ReadOnlySpan<byte> bytes, out int sent)
    {
        ReceivedBytes += sent = bytes.Length;
        return SendResult.Sent;
    }

    public ConnectResult FinishConnect() => ConnectResult.Connected;

    public void ShutdownSend() { }

    public void Dispose()
    {
        Slot.Close();
        poller.Remove(Slot);
    }
}
