using System.Net;

namespace Coroutines.Testing;

/// <summary>A scheduler with a manual clock and scripted peers: everything that a test of coroutines needs, and no thread,
/// no socket and no sleep.</summary>
public sealed class Simulation : IDisposable
{
    /// <summary>How many turns <see cref="RunUntilIdle"/> takes at the most, unless one says otherwise.</summary>
    public const int DefaultMaxTurns = 100_000;

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

    /// <summary>Whether <see cref="RunUntilIdle"/> moves the clock to the next deadline whenever nothing else can happen,
    /// as trio's autojump clock does. By default it doesn't.</summary>
    public bool AutoJump { get; set; }

    /// <summary>A peer whose connection is open.</summary>
    /// <param name="address">Its address. By default 127.0.0.1, port 40000.</param>
    public ScriptedPeer Connect(EndPoint? address = null) =>
        new(poller, address ?? new IPEndPoint(IPAddress.Loopback, 40_000));

    /// <summary>A listener to which peers can connect.</summary>
    public ScriptedListener Listen() => new(poller);

    /// <summary>Runs turns until nothing can happen but by the test, or by time: by any time, if <see cref="AutoJump"/> is
    /// on.</summary>
    /// <param name="maxTurns">How many turns that may take.</param>
    /// <exception cref="InvalidOperationException">It took more turns: something never comes to rest.</exception>
    public void RunUntilIdle(int maxTurns = DefaultMaxTurns)
    {
        var last = Scheduler.Turns + maxTurns;
        while (true)
        {
            do Turn(last, maxTurns);
            while (!Scheduler.IsIdle);
            if (!AutoJump || !Scheduler.NextDeadline.IsSet)
                return;
            JumpTo(Scheduler.NextDeadline);
        }
    }

    /// <summary>Lets time pass, stopping at every deadline on the way, and runs until nothing can happen before more does.
    /// </summary>
    /// <param name="time">Zero or more.</param>
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

    /// <summary>Cancels what still runs.</summary>
    public void Dispose() => Scheduler.Dispose();

    private void RunDue()
    {
        var autoJump = AutoJump;
        AutoJump = false;
        RunUntilIdle();
        AutoJump = autoJump;
    }

    private void JumpTo(Deadline deadline)
    {
        var ahead = deadline.Since(Deadline.Now(Clock));
        if (ahead > TimeSpan.Zero)
            Clock.Advance(ahead);
    }

    private void Turn(long last, int maxTurns)
    {
        if (Scheduler.Turns >= last)
            throw new InvalidOperationException(
                $"After {maxTurns} turns something still runs ({Scheduler}): a coroutine never comes to rest."
            );
        Scheduler.Turn(TimeSpan.Zero);
    }
}
