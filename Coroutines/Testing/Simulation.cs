using System.Net;

namespace Coroutines.Testing;

/// <summary>A scheduler with a manual clock and scripted peers: everything that a test of coroutines needs, and no thread,
/// no socket and no sleep.</summary>
public sealed class Simulation : IDisposable
{
    /// <summary>How many turns <see cref="RunUntilIdle"/> takes at the most, unless one says otherwise.</summary>
    public const int DefaultMaxTurns = 100_000;

    // The last turns of a budget are watched, to tell who still runs: enough for several that take turns with each other.
    private const int WatchedTurns = 10;

    private readonly ScriptedPoller poller;

    /// <summary>A simulation in which nothing runs yet.</summary>
    /// <param name="clock">Its clock. By default one of its own.</param>
    public Simulation(ManualClock? clock = null)
    {
        Clock = clock ?? new ManualClock();
        poller = new ScriptedPoller(Clock);
        Scheduler = new Scheduler(poller, Clock);
    }

    /// <summary>The clock of the scheduler.</summary>
    public ManualClock Clock { get; }

    /// <summary>The scheduler.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>Has each turn run its coroutines in an order that is a function of this number, and each poll tell only a
    /// part of what is ready: the same number, the same run. By default (null) it is first come first served.</summary>
    /// <remarks>See <see cref="Seeds"/> to try many.</remarks>
    public int? Seed
    {
        get;
        init
        {
            field = value;
            Scheduler.Shuffler = poller.Shuffler = value is { } seed ? new Random(seed) : null;
        }
    }

    /// <summary>Whether <see cref="RunUntilIdle"/> moves the clock to the next deadline whenever nothing else can happen,
    /// as trio's autojump clock does. By default it doesn't.</summary>
    public bool AutoJump { get; set; }

    /// <summary>A peer whose connection is open. It has sent nothing yet, and takes whatever it is sent.</summary>
    /// <param name="address">Its address. By default 127.0.0.1, port 40000; several may have the same.</param>
    public ScriptedPeer Connect(EndPoint? address = null) =>
        new(poller, address ?? new IPEndPoint(IPAddress.Loopback, 40_000));

    /// <summary>A listener to which peers can connect. Its address is 127.0.0.1, port 30000.</summary>
    public ScriptedListener Listen() => new(poller);

    /// <summary>Runs turns until every coroutine is suspended and what it waits for can only be brought by the test or by
    /// time: by the test alone if <see cref="AutoJump"/> is on.</summary>
    /// <remarks>trio calls it <c>wait_all_tasks_blocked</c>.</remarks>
    /// <param name="maxTurns">How many turns that may take: 1 or more. Default <see cref="DefaultMaxTurns"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxTurns"/> is less than 1.</exception>
    /// <exception cref="InvalidOperationException">That many turns were not enough. The message names who still runs, and
    /// what each yields.</exception>
    /// <exception cref="CoroutineFailedException">A coroutine failed and nobody asked for its failure.</exception>
    public void RunUntilIdle(int maxTurns = DefaultMaxTurns)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxTurns, 1);
        var last = Scheduler.Turns + maxTurns;
        if (ComesToRest(last - WatchedTurns))
            return;
        using var busy = new BusyCoroutines(Scheduler);
        if (!ComesToRest(last))
            throw new InvalidOperationException($"After {maxTurns} turns there is no rest: {busy}.");
    }

    /// <summary>Lets time pass, stopping at every deadline on the way, and at each runs until idle.</summary>
    /// <param name="time">Zero to 365 days.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is out of range.</exception>
    /// <exception cref="CoroutineFailedException">A coroutine failed and nobody asked for its failure. The clock stands at
    /// the moment at which it did.</exception>
    /// <exception cref="InvalidOperationException">At one moment it took more than <see cref="DefaultMaxTurns"/> turns.
    /// </exception>
    public void Advance(TimeSpan time)
    {
        var target = Deadline.Now(Clock).Plus(time);
        RunDue();
        while (Scheduler.NextDeadline is { IsSet: true } next && next.Ticks <= target.Ticks)
        {
            JumpTo(next);
            RunDue();
        }
        JumpTo(target);
        RunDue();
    }

    /// <summary>Cancels what still runs. Disposing again does nothing.</summary>
    /// <exception cref="CoroutineFailedException">A coroutine failed while it was unwound.</exception>
    public void Dispose() => Scheduler.Dispose();

    /// <inheritdoc/>
    public override string ToString() => Seed is { } seed ? $"seed {seed}, {Scheduler}" : Scheduler.ToString();

    private bool ComesToRest(long lastTurn)
    {
        while (Scheduler.Turns < lastTurn)
        {
            Scheduler.Turn(TimeSpan.Zero);
            if (!Scheduler.IsIdle)
                continue;
            if (!AutoJump || !Scheduler.NextDeadline.IsSet)
                return true;
            JumpTo(Scheduler.NextDeadline);
        }
        return false;
    }

    private void RunDue()
    {
        var autoJump = AutoJump;
        AutoJump = false;
        try
        {
            RunUntilIdle();
        }
        finally
        {
            AutoJump = autoJump;
        }
    }

    private void JumpTo(Deadline deadline)
    {
        var ahead = deadline.Since(Deadline.Now(Clock));
        if (ahead > TimeSpan.Zero)
            Clock.Advance(ahead);
    }
}
