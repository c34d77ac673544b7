using System.Net;
using System.Text;
using Coroutines;
using Coroutines.Sockets;
using Coroutines.Sync;
using static Coroutines.Wait;

namespace Server.Host.Debugger.Web;

/// <summary>A client of the server that is studied: a coroutine of the page's scheduler, over a real connection.</summary>
/// <param name="id">Its number.</param>
/// <param name="kind">How it behaves.</param>
/// <param name="changed">Called when there is something new to show of it.</param>
internal sealed class Client(int id, ClientKind kind, Action changed)
{
    // What a page shows of an answer.
    private const int MaxKeptCharacters = 4_000;

    // Small, so that a server that sends more finds the buffers full before long.
    private const int SlowReceiveBufferBytes = 4 * 1024;
    private const int SlowSentBytes = 3;
    private const int SlowReceivedBytes = 64;

    private static readonly TimeSpan SlowPause = TimeSpan.FromMilliseconds(300);

    private readonly Event spoken = new("something is to be sent");
    private readonly Queue<byte[]> outgoing = new();
    private readonly StringBuilder received = new();
    private readonly byte[] buffer = new byte[16 * 1024];
    private bool isHalfClosing;
    private bool isClosing;

    public int Id => id;

    public ClientKind Kind => kind;

    /// <summary>At this end; null before it is connected.</summary>
    public string? LocalAddress { get; private set; }

    /// <summary><c>connecting</c>, <c>connected</c>, <c>closed</c> or <c>refused</c>.</summary>
    public string State { get; private set; } = "connecting";

    public bool HasEnded => State is "closed" or "refused";

    public long SentBytes { get; private set; }

    public long ReceivedBytes { get; private set; }

    /// <summary>The first characters that it received.</summary>
    public string Received => received.ToString();

    /// <summary>Has a typed one send something.</summary>
    public void Type(byte[] bytes)
    {
        outgoing.Enqueue(bytes);
        spoken.Set();
    }

    /// <summary>Has it send no more, once all is sent.</summary>
    public void HalfClose()
    {
        isHalfClosing = true;
        spoken.Set();
    }

    /// <summary>Has it close.</summary>
    public void Close()
    {
        isClosing = true;
        spoken.Set();
    }

    /// <summary>The coroutine.</summary>
    /// <param name="server">Where to.</param>
    /// <param name="request">What it asks; a typed one asks nothing by itself.</param>
    public IEnumerator<Wait> Run(EndPoint server, byte[] request)
    {
        using var connection = Connection.StartConnect(server, out var result);
        if (kind == ClientKind.Slow)
            connection.Slot.Socket!.ReceiveBufferSize = SlowReceiveBufferBytes;
        for (; result == ConnectResult.WouldBlock; result = connection.FinishConnect())
            yield return WantWrite(connection);
        if (result != ConnectResult.Connected)
        {
            Become("refused");
            yield break;
        }
        LocalAddress = connection.Slot.Socket!.LocalEndPoint?.ToString();
        Become("connected");
        if (kind != ClientKind.Typed)
            outgoing.Enqueue(request);
        while (!isClosing)
        {
            yield return Call(kind == ClientKind.Slow ? SendSlowly(connection) : SendAll(connection));
            if (kind == ClientKind.Slow)
                yield return Any(SlowPause, spoken.WaitUntilSet());
            yield return Any(spoken.WaitUntilSet(), WantRead(connection));
            if (Woken.Index == 1 && !TakesMore(connection))
                break;
            spoken.Reset();
        }
        Become("closed");
    }

    private IEnumerator<Wait> SendAll(Connection connection)
    {
        while (outgoing.TryDequeue(out var bytes))
        {
            yield return Call(connection.SendAll(bytes));
            Note(bytes.Length);
        }
        if (isHalfClosing)
            connection.ShutdownSend();
    }

    private IEnumerator<Wait> SendSlowly(Connection connection)
    {
        while (outgoing.TryDequeue(out var bytes))
        {
            for (var start = 0; start < bytes.Length && !isClosing; start += SlowSentBytes)
            {
                var piece = bytes.AsMemory(start, Math.Min(SlowSentBytes, bytes.Length - start));
                yield return Call(connection.SendAll(piece));
                Note(piece.Length);
                yield return Sleep(SlowPause);
            }
        }
        if (isHalfClosing)
            connection.ShutdownSend();
    }

    private void Note(int sent)
    {
        SentBytes += sent;
        changed();
    }

    private bool TakesMore(Connection connection)
    {
        var room = kind == ClientKind.Slow ? buffer.AsSpan(0, SlowReceivedBytes) : buffer;
        var result = connection.Receive(room, out var count);
        ReceivedBytes += count;
        var kept = Math.Min(count, MaxKeptCharacters - received.Length);
        received.Append(Encoding.Latin1.GetString(room[..kept]));
        changed();
        return result is ReceiveResult.Data or ReceiveResult.WouldBlock;
    }

    private void Become(string state)
    {
        State = state;
        changed();
    }
}
