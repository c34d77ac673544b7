using System.Net;

namespace Coroutines.Sockets;

/// <summary>What a <see cref="Connection"/> stands on: a socket, or a scripted peer. No call blocks.</summary>
public interface ITransport : IWaitable, IDisposable
{
    /// <summary>The peer's address; null if it has none or has gone.</summary>
    EndPoint? RemoteEndPoint { get; }

    /// <summary>Takes bytes that have come.</summary>
    /// <param name="buffer">Where to put them; not empty.</param>
    /// <param name="received">How many there were; 0 unless the result is <see cref="ReceiveResult.Data"/>.</param>
    ReceiveResult Receive(Span<byte> buffer, out int received);

    /// <summary>Hands bytes over to be sent.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="sent">How many were taken; may be fewer than given.</param>
    SendResult Send(ReadOnlySpan<byte> bytes, out int sent);

    /// <summary>Asks how a connect stands.</summary>
    ConnectResult FinishConnect();

    /// <summary>Tells the peer that no more will be sent (a half-close). What it sends can still be received.</summary>
    void ShutdownSend();
}
