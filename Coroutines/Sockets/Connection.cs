using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Sockets;

/// <summary>A byte stream to a peer: wait until it is readable or writable, then receive or send.</summary>
/// <remarks>No call blocks, and none throws for what a peer does: that is a result. It belongs to one scheduler, on whose
/// thread it is used.</remarks>
[DebuggerNonUserCode]
public sealed class Connection : IWaitable, IDisposable
{
    /// <summary>What the system keeps for a peer that doesn't read, beyond what is on its way, unless one says otherwise: 128
    /// KiB. On Linux, and for those that a <see cref="Listener"/> accepts.</summary>
    // It would be up to 4 MB (tcp_wmem), and a few hundred such peers leave no memory for anybody's. It needs as much as is
    // sent until the coroutine is resumed.
    public const int DefaultUnsentBytes = 128 * 1024;

    private readonly ITransport transport;

    /// <summary>A connection that stands on something else than a socket of its own.</summary>
    /// <param name="transport">What it stands on; it is disposed with the connection.</param>
    /// <exception cref="ArgumentNullException"><paramref name="transport"/> is null.</exception>
    public Connection(ITransport transport)
    {
        ArgumentNullException.ThrowIfNull(transport);
        this.transport = transport;
    }

    /// <inheritdoc/>
    public SocketSlot Slot => transport.Slot;

    /// <summary>The peer's address; null if it has none or has gone.</summary>
    public EndPoint? RemoteEndPoint => transport.RemoteEndPoint;

    /// <summary>Whether it was closed on this side.</summary>
    public bool IsClosed => Slot.IsClosed;

    /// <summary>Begins to connect. Then wait until it is writable, and ask <see cref="FinishConnect"/>.</summary>
    /// <param name="peer">Where to.</param>
    /// <param name="result">How it stands; often <see cref="ConnectResult.WouldBlock"/>.</param>
    public static Connection StartConnect(EndPoint peer, out ConnectResult result)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return new Connection(SocketTransport.StartConnect(peer, out result));
    }

    /// <summary>A connection over a connected socket, which it owns, and makes non-blocking.</summary>
    public static Connection Over(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return new Connection(new SocketTransport(socket));
    }

    /// <summary>A child that connects: <c>yield return Call(Connection.Connect(peer), timeout)</c>, then
    /// <c>Woken.Result&lt;Connection&gt;()</c>.</summary>
    /// <param name="peer">Where to.</param>
    /// <exception cref="ArgumentNullException"><paramref name="peer"/> is null.</exception>
    /// <exception cref="IOException">Thrown in the coroutine: the peer refuses or can't be reached.</exception>
    public static IEnumerator<Wait> Connect(EndPoint peer)
    {
        ArgumentNullException.ThrowIfNull(peer);
        return ConnectTo(peer);
    }

    /// <summary>Asks how a connect stands.</summary>
    public ConnectResult FinishConnect() => transport.FinishConnect();

    /// <summary>Takes bytes that have come. Never blocks.</summary>
    /// <param name="buffer">Where to put them; not empty.</param>
    /// <param name="received">How many there were; 0 unless the result is <see cref="ReceiveResult.Data"/>.</param>
    /// <exception cref="ArgumentException"><paramref name="buffer"/> is empty: what came would look like the peer's end.
    /// </exception>
    public ReceiveResult Receive(Span<byte> buffer, out int received) =>
        buffer.IsEmpty
            ? throw new ArgumentException("Buffer must not be empty.", nameof(buffer))
            : transport.Receive(buffer, out received);

    /// <summary>Hands bytes over to be sent. Never blocks.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="sent">How many were taken; may be fewer than given: send the rest once it is writable.</param>
    public SendResult Send(ReadOnlySpan<byte> bytes, out int sent) => transport.Send(bytes, out sent);

    /// <summary>Hands over bytes, and behind them a stretch of a file, which is not to change before the peer has it: on Linux
    /// it isn't copied, if it is longer than a few kilobytes. Never waits for the peer; for the disk it does.</summary>
    /// <param name="head">What goes before the file; may be empty.</param>
    /// <param name="file">The file, opened for reading.</param>
    /// <param name="position">Where in the file the stretch begins: 0 or more.</param>
    /// <param name="count">How long it is, in bytes: 0 or more.</param>
    /// <param name="sent">How many bytes of both were taken; may be fewer than given: send the rest once it is writable. 0
    /// with <see cref="SendResult.Sent"/> if there were none: the file ends before the stretch.</param>
    /// <exception cref="ArgumentNullException"><paramref name="file"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="position"/> or <paramref name="count"/> is less than
    /// 0.</exception>
    /// <exception cref="IOException">The file can't be read.</exception>
    public SendResult SendFile(ReadOnlySpan<byte> head, SafeFileHandle file, long position, int count, out int sent)
    {
        ArgumentNullException.ThrowIfNull(file);
        ArgumentOutOfRangeException.ThrowIfNegative(position);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        return transport.SendFile(head, file, position, count, out sent);
    }

    /// <summary>Says how much the system may keep of what was handed over and isn't on its way yet: with more, the coroutine
    /// is resumed less often; less, and a peer that doesn't read takes less memory. What is kept already stays. Does
    /// nothing where there is no such limit: it is Linux', for those that a <see cref="Listener"/> accepts.</summary>
    /// <param name="bytes">How much: 1 or more. At first it is <see cref="DefaultUnsentBytes"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="bytes"/> is less than 1.</exception>
    public void LimitUnsent(int bytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(bytes, 1);
        transport.LimitUnsent(bytes);
    }

    /// <summary>A child that sends all of the bytes, waiting whenever the peer reads too slowly:
    /// <c>yield return Call(connection.SendAll(bytes), timeout)</c>, then <c>Woken.Result&lt;SendResult&gt;()</c>:
    /// <see cref="SendResult.Sent"/>, or why no more could be sent.</summary>
    /// <param name="bytes">The bytes; they mustn't change before it has ended.</param>
    public IEnumerator<Wait> SendAll(ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            var result = Send(bytes.Span, out var sent);
            bytes = bytes[sent..];
            if (result == SendResult.WouldBlock)
                yield return Wait.WantWrite(this);
            else if (result != SendResult.Sent)
                yield return Wait.Return(result);
        }
        yield return Wait.Return(SendResult.Sent);
    }

    /// <summary>Tells the peer that no more will be sent (a half-close). What it sends can still be received.</summary>
    public void ShutdownSend() => transport.ShutdownSend();

    /// <summary>Closes it; waits on it end (<see cref="Wakeup.Closed"/>). Closing it again does nothing.</summary>
    public void Dispose() => transport.Dispose();

    /// <inheritdoc/>
    public override string ToString() => $"connection {RemoteEndPoint} ({Slot})";

    private static IEnumerator<Wait> ConnectTo(EndPoint peer)
    {
        var connection = StartConnect(peer, out var result);
        var isOpen = false;
        try
        {
            while (result == ConnectResult.WouldBlock)
            {
                yield return Wait.WantWrite(connection);
                result = connection.FinishConnect();
            }
            if (result != ConnectResult.Connected)
                throw new IOException($"The connection to {peer} failed: {result}.");
            isOpen = true;
        }
        finally
        {
            if (!isOpen)
                connection.Dispose();
        }
        yield return Wait.Return(connection);
    }
}
