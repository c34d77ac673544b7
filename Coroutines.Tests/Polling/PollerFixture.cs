using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using Coroutines.Polling;

namespace Coroutines.Tests.Polling;

/// <summary>A scheduler over real sockets, once for each poller. Whatever it waits for has a limit in turns and in time.
/// </summary>
[TestFixture("select")]
[TestFixture("epoll")]
[TestFixture("auto")]
public abstract class PollerFixture
{
    /// <summary>Long enough for the slowest machine: a scenario that gets here has failed.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private const int MaxTurns = 1_000_000;

    private readonly List<IDisposable> owned = [];

    protected PollerFixture(string poller) => PollerName = poller;

    protected string PollerName { get; }

    protected Scheduler Scheduler { get; private set; } = null!;

    [SetUp]
    public void Open() => Scheduler = new Scheduler(MakePoller());

    [TearDown]
    public void Close()
    {
        Scheduler.Dispose();
        owned.ForEach(each => each.Dispose());
    }

    protected IPoller MakePoller()
    {
        if (PollerName == "select")
            return new SelectPoller();
        if (PollerName == "auto")
            return new AutoPoller();
        if (OperatingSystem.IsLinux())
            return new EpollPoller();
        Assert.Ignore("epoll is Linux's.");
        throw new InvalidOperationException();
    }

    protected T Own<T>(T disposable)
        where T : IDisposable
    {
        owned.Add(disposable);
        return disposable;
    }

    /// <summary>Two ends of a connection on loopback.</summary>
    protected (Socket Near, Socket Far) Pair(int bufferBytes = 0)
    {
        using var listener = Tcp();
        if (bufferBytes > 0)
            listener.SendBufferSize = listener.ReceiveBufferSize = bufferBytes;
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var far = Own(Tcp());
        if (bufferBytes > 0)
            far.SendBufferSize = far.ReceiveBufferSize = bufferBytes;
        far.Connect(listener.LocalEndPoint!);
        return (Own(listener.Accept()), far);
    }

    protected static Socket Tcp() => new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    /// <summary>Breaks a connection instead of ending it.</summary>
    protected static void Reset(Socket socket)
    {
        socket.LingerState = new LingerOption(enable: true, 0);
        socket.Dispose();
    }

    /// <summary>Runs turns until something has come about; returns how many that took.</summary>
    protected int TurnUntil(Func<bool> done)
    {
        var watch = Stopwatch.StartNew();
        for (var turns = 0; turns < MaxTurns; turns++)
        {
            if (done())
                return turns;
            Scheduler.Turn(TimeSpan.FromMilliseconds(100));
            if (watch.Elapsed > Patience)
                throw new TimeoutException($"After {turns} turns and {watch.Elapsed} still not: {Scheduler}");
        }
        throw new TimeoutException($"After {MaxTurns} turns still not: {Scheduler}");
    }

    /// <summary>Runs turns until all coroutines have ended.</summary>
    protected int TurnUntilAllEnded() => TurnUntil(() => Scheduler.Count == 0);

    /// <summary>Runs turns until nothing can run before a socket becomes ready or time passes.</summary>
    protected void TurnUntilIdle(int maxTurns = 100)
    {
        for (var turns = 0; turns < maxTurns; turns++)
        {
            Scheduler.Turn(TimeSpan.Zero);
            if (Scheduler.IsIdle)
                return;
        }
        throw new TimeoutException($"After {maxTurns} turns it isn't idle: {Scheduler}");
    }

    /// <summary>Lets time pass; returns how many turns were run meanwhile.</summary>
    protected int TurnFor(TimeSpan time)
    {
        var watch = Stopwatch.StartNew();
        var turns = 0;
        for (; watch.Elapsed < time; turns++)
            Scheduler.Turn(time - watch.Elapsed is { Ticks: > 0 } left ? left : TimeSpan.Zero);
        return turns;
    }
}
