using System.Buffers;
using System.Net;
using System.Text;
using Coroutines.Polling;
using Coroutines.Sockets;

namespace Coroutines.Testing;

/// <summary>The far end of a connection, played by a test: it sends in pieces, reads little or nothing, half-closes,
/// resets. The code under test has the near end, <see cref="Connection"/>.</summary>
/// <remarks>Each piece comes by a poll of its own: a receive finds at most one, and the next only after another wait.
/// </remarks>
public sealed class ScriptedPeer : IScripted
{
    private readonly Queue<ReadOnlyMemory<byte>> pieces = new();
    private readonly ArrayBufferWriter<byte> received = new();
    private ReadOnlyMemory<byte> arrived;
    private bool hasHalfClosed;
    private bool hasReset;

    internal ScriptedPeer(ScriptedPoller poller, EndPoint? address)
    {
        var transport = new Transport(this, poller, address);
        Connection = new Connection(transport);
        NearEnd = transport;
    }

    /// <summary>The near end, for the code under test.</summary>
    public Connection Connection { get; }

    /// <summary>How many bytes one send can hand over at the most: 1 or more. By default there is no limit
    /// (<see cref="int.MaxValue"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 1.</exception>
    public int MaxBytesPerSend
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 1);
            field = value;
        }
    } = int.MaxValue;

    /// <summary>How many more bytes it takes before it would have to read: 0 or more; each send takes its bytes off. By
    /// default there is no limit (<see cref="long.MaxValue"/>).</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 0.</exception>
    public long Window
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            field = value;
        }
    } = long.MaxValue;

    /// <summary>How much the near end lets the system keep for it (<see cref="Sockets.Connection.LimitUnsent"/>). It changes
    /// nothing here: how much a scripted peer takes is told by <see cref="Window"/>.</summary>
    public int UnsentLimitBytes { get; private set; } = Sockets.Connection.DefaultUnsentBytes;

    /// <summary>How many times the near end will find itself woken with nothing there to receive: 0, which is the default,
    /// or more; each such receive takes one off.</summary>
    /// <exception cref="ArgumentOutOfRangeException">It is set to less than 0.</exception>
    public int SpuriousWakeups
    {
        get;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThan(value, 0);
            field = value;
        }
    }

    /// <summary>What it was sent so far, from the beginning. Valid until it is sent more.</summary>
    public ReadOnlyMemory<byte> Received => received.WrittenMemory;

    /// <summary>What it was sent so far, as Latin-1: a character for each byte.</summary>
    public string ReceivedText => Encoding.Latin1.GetString(Received.Span);

    /// <summary>Whether it was told that no more will be sent.</summary>
    public bool IsHalfClosed { get; private set; }

    /// <summary>Whether the near end is closed.</summary>
    public bool IsClosed => Connection.IsClosed;

    internal ITransport NearEnd { get; }

    /// <summary>Sends bytes as one piece.</summary>
    /// <param name="bytes">The bytes, which are copied; none at all is no piece.</param>
    public void Sends(ReadOnlySpan<byte> bytes)
    {
        if (bytes.Length > 0)
            pieces.Enqueue(bytes.ToArray());
    }

    /// <summary>Sends text, as Latin-1, as one piece.</summary>
    /// <param name="text">The text. A character beyond U+00FF is sent as a question mark.</param>
    /// <exception cref="ArgumentNullException"><paramref name="text"/> is null.</exception>
    public void Sends(string text) => Sends(Encoding.Latin1.GetBytes(text));

    /// <summary>Sends bytes in pieces of a size.</summary>
    /// <param name="bytes">The bytes.</param>
    /// <param name="pieceBytes">The size of each piece but the last: 1 or more.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="pieceBytes"/> is less than 1.</exception>
    public void SendsInPieces(ReadOnlySpan<byte> bytes, int pieceBytes)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(pieceBytes, 1);
        for (; bytes.Length > pieceBytes; bytes = bytes[pieceBytes..])
            Sends(bytes[..pieceBytes]);
        Sends(bytes);
    }

    /// <summary>Sends no more, but goes on to read. What was sent before comes first. Doing it again changes nothing.
    /// </summary>
    public void HalfCloses() => hasHalfClosed = true;

    /// <summary>Breaks the connection, for good: every receive and send of the near end finds it reset (RFC 9293, section
    /// 3.5.2). What hasn't come yet is lost.</summary>
    public void Resets()
    {
        hasReset = true;
        pieces.Clear();
        arrived = default;
    }

    /// <inheritdoc/>
    public override string ToString() => $"peer {Connection.RemoteEndPoint} ({Connection.Slot})";

    Interest IScripted.Poll()
    {
        if (hasReset)
            return Interest.ReadWrite;
        if (arrived.IsEmpty && pieces.TryDequeue(out var next))
            arrived = next;
        var isReadable = !arrived.IsEmpty || hasHalfClosed || SpuriousWakeups > 0;
        return (isReadable ? Interest.Read : Interest.None) | (Window > 0 ? Interest.Write : Interest.None);
    }

    private ReceiveResult Receive(Span<byte> buffer, out int count)
    {
        count = 0;
        if (hasReset)
            return ReceiveResult.Reset;
        if (SpuriousWakeups > 0)
        {
            SpuriousWakeups--;
            return ReceiveResult.WouldBlock;
        }
        if (arrived.IsEmpty)
            return hasHalfClosed && pieces.Count == 0 ? ReceiveResult.PeerClosed : ReceiveResult.WouldBlock;
        count = Math.Min(buffer.Length, arrived.Length);
        arrived.Span[..count].CopyTo(buffer);
        arrived = arrived[count..];
        return ReceiveResult.Data;
    }

    private SendResult Send(ReadOnlySpan<byte> bytes, out int count)
    {
        count = 0;
        if (hasReset)
            return SendResult.Reset;
        count = (int)Math.Min(Math.Min(bytes.Length, MaxBytesPerSend), Window);
        if (count == 0)
            return SendResult.WouldBlock;
        Window -= Window == long.MaxValue ? 0 : count;
        received.Write(bytes[..count]);
        return SendResult.Sent;
    }

    private sealed class Transport : ITransport
    {
        private readonly ScriptedPeer peer;
        private readonly ScriptedPoller poller;

        public Transport(ScriptedPeer peer, ScriptedPoller poller, EndPoint? address)
        {
            (this.peer, this.poller) = (peer, poller);
            RemoteEndPoint = address;
            Slot = poller.Add(peer);
        }

        public SocketSlot Slot { get; }

        public EndPoint? RemoteEndPoint { get; }

        public ReceiveResult Receive(Span<byte> buffer, out int received)
        {
            received = 0;
            return Slot.IsClosed ? ReceiveResult.Closed : peer.Receive(buffer, out received);
        }

        public SendResult Send(ReadOnlySpan<byte> bytes, out int sent)
        {
            sent = 0;
            return Slot.IsClosed ? SendResult.Closed : peer.Send(bytes, out sent);
        }

        public void LimitUnsent(int bytes) => peer.UnsentLimitBytes = bytes;

        public ConnectResult FinishConnect() => Slot.IsClosed ? ConnectResult.Closed : ConnectResult.Connected;

        public void ShutdownSend() => peer.IsHalfClosed = true;

        public void Dispose()
        {
            Slot.Close();
            poller.Remove(Slot);
        }
    }
}
