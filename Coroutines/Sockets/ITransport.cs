using System.Net;
using Microsoft.Win32.SafeHandles;

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

    /// <summary>Hands over bytes, and behind them a stretch of a file. Of what was taken the system may keep no copy: a file
    /// that is written before the peer has it all can reach the peer as a mix. By default it is read, and sent like
    /// other bytes.</summary>
    /// <param name="head">What goes before the file; may be empty.</param>
    /// <param name="file">The file, opened for reading.</param>
    /// <param name="position">Where in the file the stretch begins.</param>
    /// <param name="count">How long it is.</param>
    /// <param name="sent">How many bytes of both were taken; may be fewer than given. 0 with <see cref="SendResult.Sent"/>
    /// if there were none: the file ends before the stretch.</param>
    /// <exception cref="IOException">The file can't be read.</exception>
    SendResult SendFile(ReadOnlySpan<byte> head, SafeFileHandle file, long position, int count, out int sent) =>
        ReadAndSent.Send(this, head, file, position, count, out sent);

    /// <inheritdoc cref="Connection.LimitUnsent"/>
    void LimitUnsent(int bytes) { }

    /// <summary>Asks how a connect stands.</summary>
    ConnectResult FinishConnect();

    /// <summary>Tells the peer that no more will be sent (a half-close). What it sends can still be received.</summary>
    void ShutdownSend();
}
