using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Polling;

namespace Server.Host.Debugger;

/// <summary>Has a scheduler stand still, and go on step by step; keeps what was seen.</summary>
/// <remarks>
/// The scheduler's own thread blocks within a call of the observer's: before a resume, before a poll, or after one. There
/// everything is whole, and may be read; the snapshot is taken by that same thread. Running freely it is looked at a few
/// times a second, and all else that the observer is told is let go by.
/// </remarks>
internal sealed class Stepper : SchedulerObserver, IStepper
{
    /// <summary>How often a server that runs is looked at, at the most.</summary>
    public static readonly TimeSpan GlancePeriod = TimeSpan.FromMilliseconds(250);

    private readonly Scheduler scheduler;
    private readonly Network network;
    private readonly Targets targets;
    private readonly Journal journal;
    private readonly Failures failures = new();
    private readonly Recorder recorder;
    private TimeSpan pollTimeout;
    private Deadline lastGlance;
    private volatile bool hasMoved;

    /// <param name="scheduler">Whose.</param>
    /// <param name="clock">Its clock.</param>
    /// <param name="network">The connections of what it runs.</param>
    /// <param name="targets">The requests that its coroutines answer.</param>
    /// <param name="mode">How far it may go before it is told anything.</param>
    public Stepper(Scheduler scheduler, PausableClock clock, Network network, Targets targets, StepMode mode)
    {
        (this.scheduler, this.network, this.targets) = (scheduler, network, targets);
        journal = network.Journal;
        recorder = new(scheduler, network, targets, failures);
        Abilities =
            Abilities.Step | Abilities.Break | (network.HasFaults ? Abilities.Fault | Abilities.Reset : Abilities.None);
        Brake = new(clock, () => scheduler.Post(() => { }), mode);
        OpenJournal();
        Breakpoints.Changed += OpenJournal;
        scheduler.Attach(this);
    }

    /// <summary>A server that runs was looked at in passing. Raised on its thread.</summary>
    public event Action? Glanced;

    /// <summary>Has it stand still, and go on.</summary>
    public Brake Brake { get; }

    /// <summary>What was seen.</summary>
    public SnapshotRing Snapshots => recorder.Snapshots;

    /// <summary>Where a server that runs is to stop.</summary>
    public Breakpoints Breakpoints { get; } = new();

    public Abilities Abilities { get; }

    /// <summary>Lets it go as far as <paramref name="next"/> says.</summary>
    public void Go(StepMode next, int steps = 1)
    {
        journal.IsOpen = true;
        Brake.Go(next, steps);
        OpenJournal();
    }

    /// <summary>Has something done by the scheduler's thread at the start of its next turn.</summary>
    public void Post(Action action) => scheduler.Post(action);

    /// <summary>Has a server that runs be looked at, if anything has moved since. May be called on any thread.</summary>
    public void Glance()
    {
        if (hasMoved && Brake.Mode == StepMode.Running)
            scheduler.Post(KeepGlance);
    }

    public override void Spawned(Coroutine coroutine)
    {
        if (journal.IsOpen)
            journal.Add(HappeningKind.Spawn, coroutine, $"{coroutine.Name} #{coroutine.Id} is spawned");
    }

    public override void Resuming(Coroutine coroutine)
    {
        hasMoved = true; // not when the poller answers: a glance that was asked for may come before the resumes
        if (Brake.Mode is StepMode.Resume or StepMode.Paused)
            Stop(Phase.Resume, coroutine);
        else if (Brake.Mode == StepMode.Turn)
            recorder.KeepOnTheWay(Phase.Resume, coroutine);
        if (!journal.IsOpen)
            return;
        failures.Resuming(coroutine);
        journal.Add(HappeningKind.Run, coroutine, $"#{coroutine.Id} '{coroutine.Name}' is resumed");
    }

    public override void Suspended(Coroutine coroutine, Wait wait)
    {
        if (!journal.IsOpen)
            return;
        journal.Add(HappeningKind.Wait, coroutine, $"#{coroutine.Id} waits for {wait.ToString(scheduler.Now)}");
        StopIfAsked(coroutine);
        targets.Suspended(coroutine);
    }

    public override void Ended(Coroutine coroutine)
    {
        failures.Ended(coroutine);
        if (journal.IsOpen)
            NoteEnd(coroutine);
        targets.Ended(coroutine);
    }

    public override void Polling(WatchList watched, TimeSpan timeout)
    {
        pollTimeout = timeout;
        recorder.Sets = null;
        if (Brake.Mode == StepMode.Running)
        {
            GlanceIfDue();
            return;
        }
        recorder.Sets = PollSets.Asked(watched, timeout);
        if (Brake.Mode == StepMode.Paused || (Brake.Mode == StepMode.Resume && recorder.Sets.CanBlock))
            Rest(Phase.Poll, next: null); // however many steps are left: none is taken before a client comes
        else if (Brake.Mode == StepMode.Turn && recorder.Sets.CanBlock)
            KeepWhileItBlocks();
        if (journal.IsOpen)
            journal.Add(HappeningKind.Poll, null, $"the poller is asked; watched: {watched.Count}");
    }

    public override void Polled(IReadOnlyList<Readiness> ready)
    {
        if (Brake.Mode == StepMode.Running)
            return;
        recorder.Sets = (recorder.Sets ?? PollSets.Asked(scheduler.Watched, pollTimeout)).Answered(ready);
        if (journal.IsOpen)
            journal.Add(HappeningKind.Poll, null, $"the poller has answered; ready: {ready.Count}");
        if (Brake.Mode == StepMode.Turn)
            Stop(Phase.Polled, next: null);
    }

    /// <summary>Lets the scheduler go, for good.</summary>
    public void Dispose() => Brake.Dispose();

    private void NoteEnd(Coroutine coroutine)
    {
        var failure = coroutine.Failure is { } thrown ? $" with {thrown.GetType().Name}: {thrown.Message}" : "";
        journal.Add(
            KindOf(coroutine.State),
            coroutine,
            $"#{coroutine.Id} '{coroutine.Name}' is {coroutine.State}{failure}"
        );
        StopIfAsked(coroutine);
    }

    private static HappeningKind KindOf(CoroutineState state) =>
        state switch
        {
            CoroutineState.Failed => HappeningKind.Failed,
            CoroutineState.Cancelled => HappeningKind.Cancelled,
            _ => HappeningKind.End,
        };

    // Running freely, nobody reads what happens.
    private void OpenJournal() => journal.IsOpen = Brake.Mode != StepMode.Running || !Breakpoints.IsEmpty;

    private void StopIfAsked(Coroutine coroutine)
    {
        if (Brake.Mode != StepMode.Running || Breakpoints.IsEmpty)
            return;
        var transport = coroutine.WaitingOn is { } slot ? network.Find(slot.Number) : null;
        if (Breakpoints.FindHit(new Moment(coroutine, targets, transport)) is not { } hit)
            return;
        journal.Add(HappeningKind.Stop, coroutine, $"breakpoint {hit}");
        Brake.Pull();
    }

    private void Stop(Phase phase, Coroutine? next)
    {
        if (!Brake.TakesLastStep())
        {
            recorder.KeepOnTheWay(phase, next);
            return;
        }
        Rest(phase, next);
    }

    private void Rest(Phase phase, Coroutine? next)
    {
        Breakpoints.ForgetTarget();
        recorder.Keep(phase, next);
        Brake.Hold();
    }

    // It may be long until the poller answers, and meanwhile somebody looks.
    private void KeepWhileItBlocks()
    {
        recorder.Keep(Phase.Poll, next: null);
        Glanced?.Invoke();
    }

    // The clock of a turn will do: it is read anyway.
    private void GlanceIfDue()
    {
        if (!lastGlance.IsSet || scheduler.Now.Since(lastGlance) >= GlancePeriod)
            KeepGlance();
    }

    private void KeepGlance()
    {
        if (Brake.Mode != StepMode.Running)
            return;
        lastGlance = scheduler.Now;
        hasMoved = false;
        recorder.KeepGlance();
        Glanced?.Invoke();
    }
}
