using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Polling;

namespace Server.Host.Debugger;

/// <summary>Has a scheduler stand still, and go on step by step.</summary>
/// <remarks>
/// The scheduler's own thread blocks within a call of the observer's: before a resume, before a poll, or after one. There
/// everything is whole, and may be read; the snapshot is taken by that same thread. Other threads only say how far it may
/// go, and wait until it stands still again. While it does, its clock stands still, too.
/// </remarks>
internal sealed class Stepper : SchedulerObserver, IDisposable
{
    private readonly object gate = new();
    private readonly Scheduler scheduler;
    private readonly PausableClock clock;
    private readonly Network network;
    private readonly Func<Coroutine, string?> targetOf;
    private readonly ReadyOrder ready = new();
    private readonly List<string> events = [];
    private volatile StepMode mode;
    private PollSets? sets;
    private bool isParked;
    private bool isDisposed;

    /// <param name="scheduler">Whose.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="network">The connections of what it runs.</param>
    /// <param name="targetOf">The target of the request that a coroutine answers.</param>
    /// <param name="mode">How far it may go before it is told anything.</param>
    public Stepper(
        Scheduler scheduler,
        PausableClock clock,
        Network network,
        Func<Coroutine, string?> targetOf,
        StepMode mode
    )
    {
        (this.scheduler, this.clock, this.network) = (scheduler, clock, network);
        (this.targetOf, this.mode) = (targetOf, mode);
        scheduler.Attach(this);
    }

    /// <summary>What was seen, while it stood still.</summary>
    public SnapshotRing Snapshots { get; } = new();

    /// <summary>Where a server that runs is to stop.</summary>
    public IReadOnlyList<Breakpoint> Breakpoints { get; private set; } = [];

    /// <summary>Whether the scheduler stands still.</summary>
    public bool IsParked
    {
        get
        {
            lock (gate)
                return isParked;
        }
    }

    public void Break(Breakpoint breakpoint)
    {
        lock (gate)
            Breakpoints = [.. Breakpoints, breakpoint];
    }

    public void ClearBreakpoints()
    {
        lock (gate)
            Breakpoints = [];
    }

    /// <summary>Lets it go as far as <paramref name="next"/> says.</summary>
    public void Go(StepMode next)
    {
        lock (gate)
        {
            mode = next;
            isParked &= next == StepMode.Paused;
            Monitor.PulseAll(gate);
        }
        if (next == StepMode.Paused)
            scheduler.Post(() => { }); // it may be blocked in the poll
    }

    /// <summary>Has something done by the scheduler's thread at the start of its next turn.</summary>
    public void Post(Action action) => scheduler.Post(action);

    /// <summary>Waits until it stands still. False if it doesn't within that time: it runs, or waits for its clients.
    /// </summary>
    public bool WaitUntilParked(TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        lock (gate)
        {
            while (!isParked)
            {
                var left = patience - TimeProvider.System.GetElapsedTime(began);
                if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
                    return isParked;
            }
            return true;
        }
    }

    public override void Spawned(Coroutine coroutine)
    {
        ready.Add(coroutine);
        events.Add($"{coroutine.Name} #{coroutine.Id} is spawned");
    }

    public override void Woken(Coroutine coroutine) => ready.Add(coroutine);

    public override void Resuming(Coroutine coroutine)
    {
        if (mode is StepMode.Resume or StepMode.Paused)
            Park(Phase.Resume, coroutine);
        else if (mode == StepMode.Turn)
            Keep(Phase.Resume, coroutine);
        ready.Remove(coroutine);
        events.Add($"#{coroutine.Id} '{coroutine.Name}' is resumed");
    }

    public override void Suspended(Coroutine coroutine, Wait wait)
    {
        if (coroutine.State == CoroutineState.Ready)
            ready.Add(coroutine);
        events.Add($"#{coroutine.Id} waits for {wait}");
        StopIfAsked(coroutine);
    }

    public override void Ended(Coroutine coroutine)
    {
        ready.Remove(coroutine);
        var failure = coroutine.Failure is { } thrown ? $" with {thrown.GetType().Name}: {thrown.Message}" : "";
        events.Add($"#{coroutine.Id} '{coroutine.Name}' is {coroutine.State}{failure}");
        StopIfAsked(coroutine);
    }

    public override void Polling(WatchList watched, TimeSpan timeout)
    {
        if (mode == StepMode.Running)
            return;
        sets = PollSets.Asked(watched, timeout);
        if (mode == StepMode.Paused || (mode == StepMode.Resume && sets.CanBlock))
            Park(Phase.Poll, next: null);
    }

    public override void Polled(IReadOnlyList<Readiness> ready)
    {
        if (mode == StepMode.Running)
            return;
        sets = (sets ?? PollSets.Asked(scheduler.Watched, default)).Answered(ready);
        if (mode == StepMode.Turn)
            Park(Phase.Polled, next: null);
    }

    /// <summary>Lets the scheduler go, for good.</summary>
    public void Dispose()
    {
        lock (gate)
            isDisposed = true;
        Go(StepMode.Running);
    }

    private void StopIfAsked(Coroutine coroutine)
    {
        if (mode != StepMode.Running)
            return;
        TrimEvents();
        if (Breakpoints.Count == 0)
            return;
        var transport = coroutine.WaitingOn is { } slot ? network.Find(slot.Number) : null;
        var moment = new Moment(coroutine, targetOf(coroutine), transport);
        if (Breakpoints.FirstOrDefault(breakpoint => breakpoint.Matches(moment)) is not { } hit)
            return;
        events.Add($"breakpoint {hit}");
        lock (gate)
            mode = StepMode.Paused;
    }

    // Running freely, only the last of what happened is kept.
    private void TrimEvents()
    {
        const int Kept = 20;
        if (events.Count > Kept)
            events.RemoveRange(0, events.Count - Kept);
    }

    private void Keep(Phase phase, Coroutine? next)
    {
        Snapshots.Add(number =>
            new(number, phase, next?.Id, scheduler.Dump(), ready.Numbers, sets, network.Copy(), [.. events])
        );
        events.Clear();
    }

    private void Park(Phase phase, Coroutine? next)
    {
        Keep(phase, next);
        lock (gate)
        {
            if (isDisposed)
                return;
            mode = StepMode.Paused;
            isParked = true;
            clock.Stop();
            Monitor.PulseAll(gate);
            while (isParked)
                Monitor.Wait(gate);
            clock.Start();
        }
    }
}
