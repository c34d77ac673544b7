using System.Diagnostics;
using System.Net.Sockets;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>Resumes coroutines whose sockets are ready or whose time has come; asks the poller for more.</summary>
/// <remarks>
/// <para>One turn: run the coroutines that were ready when it began, each up to its next wait; expire deadlines; ask the
/// poller, without blocking if anything is ready. What becomes ready while the batch runs, runs in the next turn: so nobody
/// starves, however busy the others are.</para>
/// <para>A scheduler belongs to the thread that runs it. Other threads may call <see cref="Post"/>, <see cref="ExpectPosts"/>
/// and <see cref="Stop"/>, and nothing else.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerNonUserCode]
public sealed class Scheduler : IRunner, IDisposable
{
    private readonly Mailbox mailbox = new();
    private readonly ReadyQueue ready = new();
    private readonly FailureReport failures = new();
    private readonly Tally tally = new();
    private readonly TimeProvider clock;
    private readonly TimerQueue timers;
    private readonly Observers observers;
    private readonly Watcher watcher;
    private readonly Scope root;
    private RunningCoroutine? running; // the thread's that runs it
    private uint hundredths; // of the turn's time, divided once
    private int threadId;
    private volatile bool isStopping;
    private volatile bool isDisposed;

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
        root = Scope.Root(this);
    }

    /// <summary>A coroutine has failed, and no caller and no joiner saw it: told once. Without a handler, the turn throws a
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
    internal bool IsIdle => ready.Count == 0 && mailbox.IsEmpty;

    /// <summary>Whether it runs nothing any more. May be asked on any thread.</summary>
    internal bool IsDisposed => isDisposed;

    internal TimerQueue Timers => timers;

    internal Tally Tally => tally;

    /// <summary>Hands a failure that nobody saw to its handlers; without any, the turn throws it at its end.</summary>
    internal void Report<T>(Action<T, Exception>? handlers, T origin, Exception failure) =>
        failures.Report(handlers, origin, failure);

    /// <summary>Every coroutine that lives, each before those in the scopes that it has opened.</summary>
    internal IEnumerable<Coroutine> Living() => root.Living();

    /// <summary>The coroutines in the ready queue, in order.</summary>
    internal IEnumerable<Coroutine> Ready() => ready.All.Where(coroutine => !coroutine.HasEnded);

    /// <summary>Has each turn run its batch in an order of its own. By default first come first served.</summary>
    internal Random? Shuffler { get; set; }

    internal TimeProvider Clock => clock;

    /// <summary>The number of the coroutine that was spawned last.</summary>
    internal int LastId { get; set; }

    /// <summary>The coroutine that was resumed last in the batch under way. May be asked on any thread.</summary>
    internal Coroutine? Running =>
        Volatile.Read(ref running)?.Value is { } coroutine && coroutine.Home.Runner == this ? coroutine : null;

    /// <summary>The first attached observer of a kind. May be asked on any thread.</summary>
    internal T? Find<T>()
        where T : SchedulerObserver => observers.Find<T>();

    /// <summary>Starts a coroutine that belongs to the scheduler itself; it first runs in the next turn.</summary>
    /// <inheritdoc cref="Scope.Spawn"/>
    public Coroutine Spawn(IEnumerator<Wait> body, string? name = null) => root.Spawn(body, name);

    /// <summary>Has an action run on the scheduler's thread at the start of the next turn. May be called on any thread.
    /// </summary>
    /// <remarks>Actions run in the order in which they were posted; what one of them posts runs in the turn after. After the
    /// scheduler has ended, nothing is run any more.</remarks>
    /// <param name="action">What is to be done. What it throws, the turn throws at its end, in an
    /// <see cref="AggregateException"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="action"/> is null.</exception>
    public void Post(Action action)
    {
        ArgumentNullException.ThrowIfNull(action);
        mailbox.Post(action);
        watcher.Wake();
    }

    /// <summary>Says that somebody will <see cref="Post"/>, or <see cref="Stop"/>, from another thread: until the promise is
    /// disposed of, to wait for that is no deadlock. May be called on any thread.</summary>
    public IDisposable ExpectPosts() => new ExpectedPosts(mailbox, watcher.Wake);

    /// <summary>Ends <see cref="Run"/> after the turn under way, for good: what is spawned afterwards is cancelled at its
    /// first wait. May be called on any thread, and before the start.</summary>
    public void Stop()
    {
        isStopping = true;
        watcher.Wake();
    }

    /// <summary>Runs turns until all coroutines have ended and nothing is posted, or <see cref="Stop"/> is called: then those
    /// left are cancelled.</summary>
    /// <exception cref="CoroutineFailedException">A coroutine failed and nobody asked for its failure.</exception>
    /// <exception cref="DeadlockException">Nothing can run any more.</exception>
    public void Run()
    {
        while ((Count > 0 || !mailbox.IsEmpty) && !isStopping)
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
    /// <exception cref="DeadlockException">There is no limit, and nothing can run any more.</exception>
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

    /// <summary>Closes a plain socket on which coroutines may wait: their waits end (<see cref="Wakeup.Closed"/>). Closing it
    /// again does nothing. A <see cref="Sockets.Connection"/> is closed by its own <c>Dispose</c>.</summary>
    /// <param name="socket">Any socket; it needn't be waited on.</param>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Close(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        VerifyThread(nameof(Close), subject: null);
        watcher.Find(socket)?.Close();
        socket.Dispose();
    }

    /// <summary>Lets an observer see what the scheduler does from now on. Observers are told in the order in which they were
    /// attached; one that is attached twice is told twice.</summary>
    /// <param name="observer">The observer. One that throws is detached, and reported to <see cref="ObserverFailed"/>.</param>
    /// <exception cref="ArgumentNullException"><paramref name="observer"/> is null.</exception>
    public void Attach(SchedulerObserver observer)
    {
        ArgumentNullException.ThrowIfNull(observer);
        observers.Attach(observer);
    }

    /// <summary>Lets an observer see nothing more, from the next thing on that happens.</summary>
    /// <param name="observer">The observer. One that isn't attached may be given.</param>
    public void Detach(SchedulerObserver observer) => observers.Detach(observer);

    /// <summary>Cancels every coroutine and closes the poller; within a turn, at its end. Disposing again does nothing.
    /// </summary>
    /// <exception cref="CoroutineFailedException">A coroutine failed while it was unwound.</exception>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Dispose()
    {
        if (isDisposed)
            return;
        VerifyThread(nameof(Dispose), subject: null);
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
        VerifyThread("Spawn", subject: null);
        // After two billion they begin anew, so that none is negative.
        LastId = LastId == int.MaxValue ? 1 : LastId + 1;
        var coroutine = new Coroutine(home, LastId, body, name);
        home.Add(coroutine);
        Count++;
        tally.CountSpawned();
        Enqueue(coroutine);
        observers.Spawned(coroutine);
        return coroutine;
    }

    IPlace? IRunner.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome) => Enlist(waiter, wait, out outcome);

    int IRunner.Arm(Deadline until, ITimed owner) => Arm(until, owner);

    void IRunner.Disarm(int timer) => Disarm(timer);

    void IRunner.Expire(Coroutine coroutine)
    {
        coroutine.Timer = 0;
        var isAsleep = coroutine.WaitingFor == WaitKind.Sleep;
        if (!isAsleep)
            ((IPlace)coroutine.Subject!).Leave(coroutine);
        var reason = isAsleep ? WakeupReason.None : WakeupReason.DeadlineReached;
        coroutine.Receive(new Outcome(reason));
        Wake(coroutine, reason);
    }

    void IRunner.Withdraw(Coroutine coroutine) => Withdraw(coroutine);

    void IRunner.Wake(Coroutine coroutine, WakeupReason reason) => Wake(coroutine, reason);

    void IRunner.Ended(Coroutine coroutine) => Ended(coroutine);

    void IRunner.VerifyThread(string call, object? subject) => VerifyThread(call, subject);

    private void RunTurn(TimeSpan maxWait)
    {
        tally.CountTurn();
        Now = Deadline.Now(clock);
        hundredths = Now.Hundredths;
        observers.BeginTurn();
        mailbox.Run(failures);
        RunReady();
        timers.Expire(Milliseconds.RoundDown(Now.Ticks));
        Poll(maxWait);
    }

    private void RunReady()
    {
        var running = RunningCoroutine.OfThisThread;
        Volatile.Write(ref this.running, running);
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

    [DebuggerStepperBoundary]
    private void Resume(Coroutine coroutine, RunningCoroutine running)
    {
        observers.Resuming(coroutine);
        if (coroutine.HasEnded)
            return; // an observer cancelled it
        var goesOn =
            (coroutine.WokenBy & WakeupReason.Thrown) != 0
                ? coroutine.AdvanceWithFailure(running, coroutine.Told!, out var wait)
                : coroutine.Advance(running, out wait);
        if (goesOn && wait.Code == WaitKind.Pause)
        {
            BeginPause(coroutine, wait); // nothing can be wrong with it, so it needn't be guarded
            return;
        }
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
        {
            misuse = thrown;
            return false;
        }
    }

    private void Begin(Coroutine coroutine, in Wait wait)
    {
        if (wait.Code == WaitKind.Pause)
        {
            BeginPause(coroutine, wait);
            return;
        }
        coroutine.WaitingFor = wait.Kind;
        var place = Enlist(coroutine, wait, out var outcome);
        if (place is null)
        {
            coroutine.Receive(outcome);
            observers.Suspended(coroutine, wait);
            Wake(coroutine, outcome.Reason);
            return;
        }
        coroutine.Subject = place;
        coroutine.State = CoroutineState.Suspended;
        coroutine.SuspendedAt = hundredths;
        observers.Suspended(coroutine, wait);
        if (wait.Until.IsSet && !coroutine.HasEnded) // an observer may have cancelled it
            coroutine.Timer = Arm(wait.Until.StartingAt(Now), coroutine);
    }

    private void BeginPause(Coroutine coroutine, in Wait wait)
    {
        coroutine.WaitingFor = WaitKind.Pause;
        coroutine.State = CoroutineState.Ready;
        observers.Suspended(coroutine, wait);
        Enqueue(coroutine);
    }

    private IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        outcome = default;
        return wait.Code switch
        {
            WaitKind.Sleep => Asleep.Place,
            WaitKind.Read or WaitKind.Write or WaitKind.ReadOrWrite => watcher.Enlist(waiter, wait, out outcome),
            _ => ((IAwaited)wait.Subject!).Enlist(waiter, wait, out outcome),
        };
    }

    /// <summary>Has a deadline watched. One that has passed already expires here and now, and leaves no timer.</summary>
    private int Arm(Deadline until, ITimed owner)
    {
        if (until.Ticks > Now.Ticks)
            return timers.Arm(Milliseconds.RoundUp(until.Ticks), owner);
        owner.Expire();
        return 0;
    }

    private void Disarm(int timer)
    {
        if (timer != 0)
            timers.Cancel(timer);
    }

    private void Withdraw(Coroutine coroutine)
    {
        Disarm(coroutine);
        if (coroutine.State == CoroutineState.Suspended)
            ((IPlace)coroutine.Subject!).Leave(coroutine);
        else if (coroutine.State == CoroutineState.Ready)
            GiveBack(coroutine);
    }

    /// <summary>One that is unwound before it was resumed takes nothing along of what it was woken with.</summary>
    private void GiveBack(Coroutine coroutine)
    {
        if ((coroutine.WokenBy & WakeupReason.Granted) != 0)
            coroutine.GiveBack();
        else if ((coroutine.WokenBy & WakeupReason.Unseen) != 0)
            GiveBackFailure(coroutine);
    }

    private void GiveBackFailure(Coroutine coroutine)
    {
        var told = coroutine.Subject;
        (coroutine.Subject, coroutine.WokenBy) = (null, WakeupReason.None);
        if (told is Coroutine failed)
            ReportUnlessWitnessed(failed);
        else
            failures.Report(Failed, coroutine, (Exception)told!); // a task's, of which this one alone knows
    }

    private void ReportUnlessWitnessed(Coroutine failed)
    {
        if (failed.LoseWitness())
            failures.Report(Failed, failed, failed.Failure!);
    }

    private void Disarm(Coroutine coroutine)
    {
        Disarm(coroutine.Timer);
        coroutine.Timer = 0;
    }

    private void Wake(Coroutine coroutine, WakeupReason reason)
    {
        if (coroutine.HasEnded)
            return; // an observer cancelled it, when it was told of the wait or of another one
        Disarm(coroutine);
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
        coroutine.WakeJoiners();
        if (coroutine.State == CoroutineState.Failed)
            ReportUnlessWitnessed(coroutine);
        coroutine.Home.Remove(coroutine);
    }

    private void VerifyThread(string call, object? subject)
    {
        if (threadId == 0 || threadId == Environment.CurrentManagedThreadId)
            return;
        var called = subject is null ? call : $"{call} of {subject}";
        throw new InvalidOperationException($"{called} was called on another thread than the scheduler's; use Post.");
    }

    private void Poll(TimeSpan maxWait)
    {
        foreach (var slot in watcher.FindClosed())
            slot.Close();
        watcher.Sync();
        var timeout = TimeoutOfPoll(maxWait);
        observers.Polling(Watched, timeout);
        observers.Polled(watcher.Poll(timeout));
        watcher.WakeReady();
    }

    private TimeSpan TimeoutOfPoll(TimeSpan maxWait)
    {
        if (!IsIdle || isStopping || isDisposed || !failures.IsEmpty)
            return TimeSpan.Zero;
        if (Count == 0 && maxWait == Timeout.InfiniteTimeSpan)
            return TimeSpan.Zero; // nothing is left to wait for but a post, and nobody promised one
        var next = NextDeadline;
        if (!next.IsSet)
            return IsDeadlocked(maxWait) ? TimeSpan.Zero : maxWait;
        var timeout = next.Since(Deadline.Now(clock));
        if (timeout < TimeSpan.Zero)
            return TimeSpan.Zero;
        return maxWait == Timeout.InfiniteTimeSpan || timeout < maxWait ? timeout : maxWait;
    }

    private bool IsDeadlocked(TimeSpan maxWait)
    {
        if (maxWait != Timeout.InfiniteTimeSpan || Watched.Count > 0 || !mailbox.IsClosed)
            return false;
        failures.Add(new DeadlockException([.. Living()]));
        return true;
    }
}
