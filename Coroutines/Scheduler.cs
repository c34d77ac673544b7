using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net.Sockets;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>Resumes coroutines whose sockets are ready or whose time has come; asks the poller for more.</summary>
/// <remarks>
/// <para>One turn: run the coroutines that were ready when it began, each up to its next wait; expire deadlines; ask the
/// poller, without blocking if anything is ready. What becomes ready while the batch runs, runs in the next turn: so nobody
/// starves, however busy the others are.</para>
/// <para>A scheduler belongs to the thread that runs it. Other threads may call <see cref="Post"/> and <see cref="Stop"/>,
/// and nothing else.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Scheduler : IRunner, IDisposable
{
    private readonly ConcurrentQueue<Action> posted = new();
    private readonly ReadyQueue ready = new();
    private readonly FailureReport failures = new();
    private readonly Tally tally = new();
    private readonly Action<SocketSlot, IOException> refused;
    private readonly TimeProvider clock;
    private readonly TimerQueue timers;
    private readonly Observers observers;
    private readonly Watcher watcher;
    private readonly Scope root;
    private int lastId;
    private int threadId;
    private volatile bool isStopping;
    private bool isDisposed;

    /// <summary>Makes a scheduler with nothing to run.</summary>
    /// <param name="poller">What it asks for readiness; it is disposed with the scheduler. By default an
    /// <see cref="AutoPoller"/>.</param>
    /// <param name="clock">Where its time comes from. By default the system's monotonic clock.</param>
    public Scheduler(IPoller? poller = null, TimeProvider? clock = null)
    {
        this.clock = clock ?? TimeProvider.System;
        Now = Deadline.Now(this.clock);
        timers = new TimerQueue(Milliseconds.RoundDown(Now.Ticks));
        watcher = new Watcher(poller ?? new AutoPoller());
        observers = new Observers((observer, failure) => failures.Report(ObserverFailed, observer, failure));
        refused = FailWaiters;
        root = Scope.Root(this);
    }

    /// <summary>A coroutine has failed, and no caller and no joiner asked to see it. Without a handler, the turn throws a
    /// <see cref="CoroutineFailedException"/> at its end.</summary>
    public event Action<Coroutine, Exception>? Failed;

    /// <summary>An observer has thrown; it is removed already. Without a handler, the turn throws at its end.</summary>
    public event Action<SchedulerObserver, Exception>? ObserverFailed;

    /// <summary>The time at which the turn began, on the scheduler's clock.</summary>
    public Deadline Now { get; private set; }

    /// <summary>How many turns were run.</summary>
    public long Turns => tally.Turns;

    /// <summary>How many coroutines live.</summary>
    public int Count { get; private set; }

    /// <summary>How many coroutines stand in the ready queue.</summary>
    public int ReadyCount => ready.Count;

    /// <summary>The earliest deadline of all waits and scopes, to the millisecond or a little before it; none if there is
    /// none.</summary>
    public Deadline NextDeadline =>
        timers.NextDue == long.MaxValue
            ? Deadline.None
            : Deadline.FromTicks(timers.NextDue * TimeSpan.TicksPerMillisecond);

    /// <summary>What the poller watches.</summary>
    public WatchList Watched => watcher.Watched;

    /// <summary>Whether nothing can run before a socket becomes ready, a deadline passes, or something is posted.</summary>
    internal bool IsIdle => ready.Count == 0 && posted.IsEmpty;

    internal TimerQueue Timers => timers;

    internal Tally Tally => tally;

    internal TimeProvider Clock => clock;

    /// <summary>Every coroutine that lives, each before those in the scopes that it has opened.</summary>
    internal IEnumerable<Coroutine> Living() => root.Living();

    /// <summary>Has each turn run its batch in an order of its own. By default first come first served.</summary>
    internal Random? Shuffler { get; set; }

    /// <summary>Starts a coroutine that belongs to the scheduler itself; it first runs in the next turn.</summary>
    /// <inheritdoc cref="Scope.Spawn"/>
    public Coroutine Spawn(IEnumerator<Wait> body, string? name = null) => root.Spawn(body, name);

    /// <summary>Has an action run on the scheduler's thread at the start of the next turn. May be called on any thread.
    /// </summary>
    /// <remarks>After the scheduler has ended, nothing is run any more. What the action throws, the turn throws.</remarks>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        posted.Enqueue(action);
        watcher.Wake();
    }

    /// <summary>Ends <see cref="Run"/> after the turn under way, for good: what is spawned afterwards is cancelled at its
    /// first wait. May be called on any thread, and before the start.</summary>
    public void Stop()
    {
        isStopping = true;
        watcher.Wake();
    }

    /// <summary>Runs turns until all coroutines have ended, or <see cref="Stop"/> is called: then those left are cancelled.
    /// </summary>
    /// <exception cref="CoroutineFailedException">A coroutine failed and nobody asked for its failure.</exception>
    public void Run()
    {
        while (Count > 0 && !isStopping)
            Turn();
        if (isStopping)
            root.Cancel();
        failures.ThrowIfAny();
    }

    /// <summary>Runs one turn. The poll blocks until something is ready or due, unless something is ready already.</summary>
    /// <param name="maxWait">How long the poll may block at the most. By default there is no limit, but with no coroutine
    /// left it doesn't block; given a limit, it waits that long for a <see cref="Post"/>.</param>
    /// <exception cref="CoroutineFailedException">A coroutine failed and nobody asked for its failure.</exception>
    /// <exception cref="InvalidOperationException">It is called within a turn.</exception>
    public void Turn(TimeSpan? maxWait = null)
    {
        ObjectDisposedException.ThrowIf(isDisposed, this);
        if (threadId != 0)
            throw new InvalidOperationException("Turn was called within a turn; what runs in one yields instead.");
        threadId = Environment.CurrentManagedThreadId;
        try
        {
            RunTurn(maxWait ?? Timeout.InfiniteTimeSpan);
        }
        finally
        {
            threadId = 0;
            if (isDisposed)
                watcher.Dispose();
        }
        failures.ThrowIfAny();
    }

    /// <summary>Closes a plain socket on which coroutines may wait: their waits end (<see cref="Wakeup.Closed"/>).</summary>
    public void Close(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        watcher.Find(socket)?.Close();
        socket.Dispose();
    }

    /// <summary>Lets an observer see what the scheduler does from now on.</summary>
    public void Attach(SchedulerObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        observers.Attach(observer);
    }

    /// <summary>Lets an observer see nothing more.</summary>
    public void Detach(SchedulerObserver observer) => observers.Detach(observer);

    /// <summary>Cancels every coroutine and closes the poller; within a turn, at its end.</summary>
    public void Dispose()
    {
        if (isDisposed)
            return;
        isDisposed = true;
        root.Cancel();
        if (threadId != 0)
            return;
        watcher.Dispose();
        failures.ThrowIfAny();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"turn {Turns}: {Count} coroutines, {ready.Count} ready, {Watched.Count} watched";

    Coroutine IRunner.Adopt(Scope home, IEnumerator<Wait> body, string? name)
    {
        if (threadId != 0 && threadId != Environment.CurrentManagedThreadId)
            throw new InvalidOperationException("Spawn was called on another thread than the scheduler's; use Post.");
        var coroutine = new Coroutine(home, ++lastId, body, name);
        home.Add(coroutine);
        Count++;
        tally.CountSpawned();
        Enqueue(coroutine);
        observers.Spawned(coroutine);
        return coroutine;
    }

    void IRunner.Opened(Scope scope)
    {
        if (scope.Until.IsSet)
            scope.Timer = Arm(scope.Until, scope);
    }

    void IRunner.Closed(Scope scope)
    {
        if (scope.Timer != 0)
            timers.Cancel(scope.Timer);
        scope.Timer = 0;
    }

    void IRunner.Emptied(Scope scope)
    {
        if (scope.TakeJoiners() is not { } joiners)
            return;
        foreach (var joiner in joiners)
            Wake(joiner, ReasonOf(scope));
    }

    void IRunner.Expire(Coroutine coroutine)
    {
        coroutine.Timer = 0;
        var reason = coroutine.WaitingFor == WaitKind.Sleep ? WakeupReason.None : WakeupReason.DeadlineReached;
        Withdraw(coroutine);
        Wake(coroutine, reason);
    }

    void IRunner.Withdraw(Coroutine coroutine) => Withdraw(coroutine);

    void IRunner.Wake(Coroutine coroutine, WakeupReason reason) => Wake(coroutine, reason);

    void IRunner.Ended(Coroutine coroutine) => Ended(coroutine);

    /// <summary>A slot was closed: those who wait on it go on.</summary>
    internal void Forget(SocketSlot slot)
    {
        watcher.Forget(slot);
        WakeWaiters(slot, Interest.ReadWrite, WakeupReason.Closed);
    }

    private void RunTurn(TimeSpan maxWait)
    {
        tally.CountTurn();
        Now = Deadline.Now(clock);
        observers.BeginTurn();
        RunPosted();
        RunReady();
        timers.Expire(Milliseconds.RoundDown(Now.Ticks));
        Poll(maxWait);
    }

    private void RunPosted()
    {
        for (var count = posted.Count; count > 0 && posted.TryDequeue(out var action); count--)
        {
            try
            {
                action();
            }
            catch (Exception thrown)
            {
                failures.Add(thrown);
            }
        }
    }

    private void RunReady()
    {
        var running = RunningCoroutine.OfThisThread;
        var outer = running.Value;
        if (Shuffler is not null)
            ready.Shuffle(Shuffler);
        var resumed = 0;
        for (var batch = ready.Count; batch > 0; batch--)
        {
            var coroutine = ready.Dequeue();
            coroutine.IsQueued = false;
            if (coroutine.HasEnded)
                continue;
            resumed++;
            Resume(coroutine, running);
        }
        running.Value = outer;
        tally.CountResumed(resumed);
    }

    private void Resume(Coroutine coroutine, RunningCoroutine running)
    {
        observers.Resuming(coroutine);
        if (coroutine.HasEnded)
            return; // an observer cancelled it
        var fails = coroutine.FailsOnResume;
        coroutine.FailsOnResume = false;
        var goesOn = fails
            ? coroutine.AdvanceWithFailure(running, (Exception)coroutine.Subject!, out var wait)
            : coroutine.Advance(running, out wait);
        while (goesOn && !TryBegin(coroutine, wait, out var misuse))
            goesOn = coroutine.AdvanceWithFailure(running, misuse, out wait);
        if (!goesOn)
            Ended(coroutine);
    }

    /// <summary>Begins a wait. One that can't be waited for fails where it was yielded.</summary>
    private bool TryBegin(Coroutine coroutine, in Wait wait, out Exception misuse)
    {
        try
        {
            Begin(coroutine, wait);
            misuse = null!;
            return true;
        }
        catch (Exception thrown)
            when (thrown is InvalidOperationException or ObjectDisposedException or ArgumentException or SocketException
            )
        {
            misuse = thrown;
            return false;
        }
    }

    private void Begin(Coroutine coroutine, in Wait wait)
    {
        coroutine.WaitingFor = wait.Kind;
        switch (wait.Kind)
        {
            case WaitKind.Read:
                BeginOn(coroutine, wait, Interest.Read);
                break;
            case WaitKind.Write:
                BeginOn(coroutine, wait, Interest.Write);
                break;
            case WaitKind.ReadOrWrite:
                BeginOn(coroutine, wait, Interest.ReadWrite);
                break;
            case WaitKind.Sleep:
                BeginUntil(coroutine, wait, subject: null);
                break;
            case WaitKind.Join or WaitKind.TryJoin:
                BeginJoin(coroutine, wait, (Coroutine)wait.Subject!);
                break;
            case WaitKind.JoinScope:
                BeginJoin(coroutine, wait, (Scope)wait.Subject!);
                break;
            default:
                coroutine.State = CoroutineState.Ready;
                observers.Suspended(coroutine, wait);
                Enqueue(coroutine);
                break;
        }
    }

    private void BeginOn(Coroutine coroutine, in Wait wait, Interest interest)
    {
        var slot = watcher.SlotOf(wait.Subject!, this);
        if (!slot.IsClosed)
        {
            slot.Occupy(interest, coroutine);
            watcher.Touch(slot);
        }
        BeginUntil(coroutine, wait, slot);
        if (slot.IsClosed)
            Wake(coroutine, WakeupReason.Closed);
    }

    private void BeginJoin(Coroutine coroutine, in Wait wait, Coroutine target)
    {
        if (target == coroutine || target.Home.Runner != this)
            throw new InvalidOperationException(
                $"{coroutine} can't join {target}: join another one of the same scheduler."
            );
        if (!target.HasEnded)
            target.AddJoiner(coroutine);
        BeginUntil(coroutine, wait, target);
        if (target.HasEnded)
            Deliver(target, coroutine);
    }

    private void BeginJoin(Coroutine coroutine, in Wait wait, Scope scope)
    {
        if (coroutine.Home == scope)
            throw new InvalidOperationException($"{coroutine} can't join its own scope: it would wait for itself.");
        if (scope.Runner != this)
            throw new InvalidOperationException($"{coroutine} can't join that scope: join one of the same scheduler.");
        if (!scope.IsEmpty)
            scope.AddJoiner(coroutine);
        BeginUntil(coroutine, wait, scope);
        if (scope.IsEmpty)
            Wake(coroutine, ReasonOf(scope));
    }

    private void BeginUntil(Coroutine coroutine, in Wait wait, object? subject)
    {
        coroutine.Subject = subject;
        coroutine.State = CoroutineState.Suspended;
        observers.Suspended(coroutine, wait);
        if (wait.Until.IsSet && !coroutine.HasEnded) // an observer may have cancelled it
            coroutine.Timer = Arm(wait.Until.StartingAt(Now), coroutine);
    }

    /// <summary>Has a deadline watched. One that has passed already expires here and now, and leaves no timer.</summary>
    private int Arm(Deadline until, ITimed owner)
    {
        if (until.Ticks > Now.Ticks)
            return timers.Arm(Milliseconds.RoundUp(until.Ticks), owner);
        owner.Expire();
        return 0;
    }

    private void Withdraw(Coroutine coroutine)
    {
        Disarm(coroutine);
        if (coroutine.State == CoroutineState.Ready)
            ReportUnseen(coroutine);
        if (coroutine.State != CoroutineState.Suspended)
            return;
        switch (coroutine.Subject)
        {
            case SocketSlot slot:
                slot.Vacate(coroutine);
                watcher.Touch(slot);
                break;
            case Coroutine target:
                target.RemoveJoiner(coroutine);
                break;
            case Scope scope:
                scope.RemoveJoiner(coroutine);
                break;
            default:
                break; // a sleep: its timer was all
        }
    }

    /// <summary>One that is cancelled before it sees how the coroutine ended that it joined takes no failure along.</summary>
    private void ReportUnseen(Coroutine joiner)
    {
        if (joiner is { WaitingFor: WaitKind.Join or WaitKind.TryJoin, WokenBy: WakeupReason.Failed })
            failures.Report(Failed, joiner, (Exception)joiner.Subject!);
    }

    private void Disarm(Coroutine coroutine)
    {
        if (coroutine.Timer == 0)
            return;
        timers.Cancel(coroutine.Timer);
        coroutine.Timer = 0;
    }

    private void Wake(Coroutine coroutine, WakeupReason reason)
    {
        if (coroutine.HasEnded)
            return; // an observer cancelled it, when it was told of another one
        Disarm(coroutine);
        coroutine.FailsOnResume = false;
        coroutine.WokenBy = reason;
        coroutine.State = CoroutineState.Ready;
        Enqueue(coroutine);
        observers.Woken(coroutine);
    }

    private void Enqueue(Coroutine coroutine)
    {
        if (coroutine.IsQueued)
            return;
        coroutine.IsQueued = true;
        ready.Enqueue(coroutine);
    }

    private void Ended(Coroutine coroutine)
    {
        Count--;
        tally.CountEnded(coroutine.State);
        observers.Ended(coroutine);
        var joiners = coroutine.TakeJoiners();
        if (coroutine.Failure is { } failure && joiners is not { Count: > 0 })
            failures.Report(Failed, coroutine, failure);
        foreach (var joiner in joiners ?? [])
            Deliver(coroutine, joiner);
        coroutine.Home.Remove(coroutine);
    }

    /// <summary>Hands how a coroutine ended to one that waited for that.</summary>
    private void Deliver(Coroutine ended, Coroutine joiner)
    {
        if (joiner.HasEnded)
            return;
        var reason = ended.State switch
        {
            CoroutineState.Failed => WakeupReason.Failed,
            CoroutineState.Cancelled => WakeupReason.Cancelled,
            _ => ended.WokenBy & WakeupReason.Returned,
        };
        joiner.Subject = ended.Subject;
        Wake(joiner, reason);
        joiner.FailsOnResume = reason == WakeupReason.Failed && joiner.WaitingFor == WaitKind.Join;
    }

    private static WakeupReason ReasonOf(Scope scope) =>
        scope.DeadlineReached ? WakeupReason.DeadlineReached
        : scope.IsCancelled ? WakeupReason.Cancelled
        : WakeupReason.None;

    private void Poll(TimeSpan maxWait)
    {
        foreach (var slot in watcher.FindClosed())
            slot.Close();
        watcher.Sync(refused);
        var timeout = TimeoutOfPoll(maxWait);
        observers.Polling(Watched, timeout);
        var found = watcher.Poll(timeout);
        observers.Polled(found);
        foreach (var (descriptor, interest) in found)
            WakeWaiters((SocketSlot)descriptor, interest, WakeupReason.None);
    }

    private TimeSpan TimeoutOfPoll(TimeSpan maxWait)
    {
        if (!IsIdle || isStopping || isDisposed)
            return TimeSpan.Zero;
        if (Count == 0 && maxWait == Timeout.InfiniteTimeSpan)
            return TimeSpan.Zero; // nothing is left to wait for but a post, and nobody promised one
        var next = NextDeadline;
        if (!next.IsSet)
            return maxWait;
        var timeout = next.Since(Deadline.Now(clock));
        if (timeout < TimeSpan.Zero)
            return TimeSpan.Zero;
        return maxWait == Timeout.InfiniteTimeSpan || timeout < maxWait ? timeout : maxWait;
    }

    /// <summary>Wakes who waits for these directions; one that waits for either is woken once and told both.</summary>
    private void WakeWaiters(SocketSlot slot, Interest interest, WakeupReason reason)
    {
        var reader = (interest & Interest.Read) != 0 ? slot.Reader : null;
        var writer = (interest & Interest.Write) != 0 ? slot.Writer : null;
        if (reader is not null)
            WakeWaiter(slot, reader, reason | WakeupReason.Readable | (writer == reader ? WakeupReason.Writable : 0));
        if (writer is not null && writer != reader)
            WakeWaiter(slot, writer, reason | WakeupReason.Writable);
    }

    private void WakeWaiter(SocketSlot slot, Coroutine coroutine, WakeupReason reason)
    {
        slot.Vacate(coroutine);
        watcher.Touch(slot);
        Wake(coroutine, (reason & WakeupReason.Closed) != 0 ? WakeupReason.Closed : reason);
    }

    /// <summary>The kernel refuses to watch a slot: whoever waits on it fails.</summary>
    private void FailWaiters(SocketSlot slot, IOException failure)
    {
        while ((slot.Reader ?? slot.Writer) is { } waiter)
        {
            slot.Vacate(waiter);
            WakeToFail(waiter, failure);
        }
    }

    private void WakeToFail(Coroutine coroutine, Exception failure)
    {
        coroutine.Subject = failure;
        Wake(coroutine, WakeupReason.Failed);
        coroutine.FailsOnResume = true;
    }
}
