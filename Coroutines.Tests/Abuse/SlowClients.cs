using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Abuse;

/// <summary>Many clients that misbehave alike, each a coroutine, all on a thread of their own. One that is let go comes
/// again.</summary>
internal sealed class SlowClients : IDisposable
{
    private const int GulpBytes = 256;

    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(250);

    private readonly Scheduler scheduler = new();
    private readonly CountdownEvent toCome;
    private readonly Thread thread;
    private readonly IPEndPoint server;
    private readonly Misbehaviour misbehaviour;
    private Coroutine? crowd;
    private int letGo;

    public SlowClients(int port, Misbehaviour misbehaviour, int clients)
    {
        (server, this.misbehaviour) = (new(IPAddress.Loopback, port), misbehaviour);
        toCome = new(clients);
        scheduler.Failed += (_, failure) => Failures.Add(failure);
        crowd = scheduler.Spawn(Crowd(clients), "crowd");
        thread = new(() => scheduler.Run()) { IsBackground = true };
        thread.Start();
    }

    /// <summary>What went wrong with the clients themselves; to be read when they have ended.</summary>
    public List<Exception> Failures { get; } = [];

    /// <summary>How often one of them was let go.</summary>
    public int LetGo => Volatile.Read(ref letGo);

    /// <summary>Waits until each of them has begun.</summary>
    public bool HaveAllCome(TimeSpan patience) => toCome.Wait(patience);

    /// <summary>All leave.</summary>
    public void Dispose()
    {
        scheduler.Post(() => crowd?.Cancel());
        thread.Join();
        crowd = null;
        scheduler.Dispose();
        toCome.Dispose();
    }

    private IEnumerator<Wait> Crowd(int clients)
    {
        using var scope = Scope.Open();
        for (var client = 0; client < clients; client++)
            scope.Spawn(ComeAgainAndAgain(), "slow client");
        yield return scope.Join();
    }

    private IEnumerator<Wait> ComeAgainAndAgain()
    {
        for (var isFirst = true; ; isFirst = false)
        {
            yield return Call(Misbehave(isFirst));
            Interlocked.Increment(ref letGo);
        }
    }

    private IEnumerator<Wait> Misbehave(bool isFirst)
    {
        using var connection = Connect();
        yield return Call(connection.SendAll(misbehaviour.Opening));
        if (isFirst)
            toCome.Signal();
        var isOpen = Woken.Result<SendResult>() == SendResult.Sent;
        for (var drops = 0; isOpen; drops++)
        {
            yield return Sleep(Tick);
            isOpen = Drips(connection, drops) && Gulps(connection);
        }
    }

    private bool Drips(Connection connection, int drops)
    {
        var drip = misbehaviour.Drip;
        return drip.Length == 0
            || connection.Send(drip.AsSpan(drops % drip.Length, 1), out _) is SendResult.Sent or SendResult.WouldBlock;
    }

    private static bool Gulps(Connection connection) =>
        connection.Receive(stackalloc byte[GulpBytes], out _) is ReceiveResult.Data or ReceiveResult.WouldBlock;

    // A small buffer, or the system itself would read all that is sent.
    private Connection Connect()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { ReceiveBufferSize = 4 * 1024 };
        socket.Connect(server);
        return Connection.Over(socket);
    }
}
