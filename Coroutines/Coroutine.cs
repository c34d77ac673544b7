using System.Diagnostics;
using System.Net.Sockets;

namespace Coroutines;

/// <summary>An iterator that a scheduler resumes: where it stands, what it waits for, how it ended.</summary>
/// <remarks>
/// The rules of its life:
/// <list type="bullet">
/// <item>Its frames (the body and the children that it called) lie on a stack of its own; only the innermost is resumed,
/// so that a resume costs the same at any depth.</item>
/// <item>A failure unwinds the frames innermost first, by <c>Dispose</c>, up to the first that was called by
/// <see cref="Wait.TryCall"/>.</item>
/// <item>A cancel is delivered at a wait: a suspended coroutine is unwound at once; one that is running, or that hasn't
/// begun, goes on to its next wait and is unwound there. So whatever it was handed has been taken over by its first
/// <c>using</c> and is released.</item>
/// <item><c>finally</c> and <c>using</c> run exactly once, whichever way a frame ends.</item>
/// </list>
/// It is used on its scheduler's thread only.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerNonUserCode]
public sealed class Coroutine : ITimed, IWaiter, IAwaited, IPlace
{
    // Calls and returns within one resume, before the others get their turn: a coroutine that only ever calls children
    // that don't wait must not keep the rest from theirs.
    private const int MaxStepsPerResume = 1_000;

    // A recursion that never ends would take all memory before it failed.
    private const int MaxDepth = 10_000;

    private const short NoUnwinding = short.MaxValue;

    // Two bits of one byte: with all small fields in 24 bytes, a sleeper keeps below its limit.
    private const byte TriedMark = 1;
    private const byte QueuedMark = 2;

    private readonly string? name;
    private IEnumerator<Wait> body; // the innermost frame
    private Frame[]? callers; // callers[i] is the frame at depth i + 1
    private Joiners? joiners;
    private short depth = 1;
    private short unwindTo = NoUnwinding;
    private byte unwindReason; // a WakeupReason of the lowest eight
    private byte marks;

    internal Coroutine(Scope home, int id, IEnumerator<Wait> body, string? name)
    {
        Home = home;
        Id = id;
        this.body = body;
        this.name = name;
    }

    /// <summary>The coroutine that runs on this thread; null outside of one.</summary>
    public static Coroutine? Current => RunningCoroutine.OfThisThread.Value;

    /// <summary>Its number, counted from 1 in the order of spawning. After 2,147,483,647 they begin anew: it is for people,
    /// and may be that of one which has lived as long.</summary>
    public int Id { get; }

    /// <summary>The name that it was spawned with, or else <c>coroutine</c> and its number.</summary>
    public string Name => name ?? $"coroutine {Id}";

    /// <summary>Where it is in its life.</summary>
    public CoroutineState State { get; internal set; }

    /// <summary>Whether it has ended, in whichever way.</summary>
    public bool HasEnded => State >= CoroutineState.Completed;

    /// <summary>What it waits for while it is suspended; the last thing it waited for otherwise.</summary>
    public WaitKind WaitingFor { get; internal set; }

    /// <summary>The socket that it waits on, if it is suspended on one.</summary>
    public SocketSlot? WaitingOn => State == CoroutineState.Suspended ? Subject as SocketSlot : null;

    /// <summary>How many frames lie on its stack: 1 in the body, one more in each child it calls.</summary>
    public int Depth => depth;

    /// <summary>What it failed with, if it has.</summary>
    public Exception? Failure => State == CoroutineState.Failed ? (Exception?)Subject : null;

    /// <summary>What it returned (<see cref="Wait.Return"/>), if it has completed and returned something.</summary>
    public object? Result => State == CoroutineState.Completed ? Subject : null;

    internal static Coroutine Running =>
        Current
        ?? throw new InvalidOperationException("This can be asked only by a running coroutine; none is running.");

    /// <summary>What it waits on while suspended; what its wait brought while it runs; what it ended with in the end.</summary>
    internal object? Subject { get; set; }

    internal WakeupReason WokenBy { get; set; }

    /// <summary>Which of several waits ended, if it waited for any.</summary>
    internal short WokenIndex { get; set; }

    /// <summary>The scope that it belongs to, in whose list it stands.</summary>
    internal Scope Home { get; }

    internal Coroutine? Previous { get; set; }

    internal Coroutine? Next { get; set; }

    /// <summary>The scopes that its frames have opened, newest first.</summary>
    internal Scope? Scopes { get; set; }

    internal int Timer { get; set; }

    /// <summary>The turn's time when it yielded what it waits for (<see cref="Deadline.Hundredths"/>).</summary>
    /// <remarks>It lies in what would be padding: eight bytes, for a finer time, would be that much more for each.</remarks>
    internal uint SuspendedAt { get; set; }

    internal Deadline Now => Home.Runner.Now;

    /// <summary>Ends it: at once if it is suspended, else at its next wait. Cancelling what has ended does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread than the scheduler's.</exception>
    public void Cancel()
    {
        Home.Runner.VerifyThread(nameof(Cancel), this);
        UnwindTo(0, WakeupReason.Cancelled);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Legible.Escaped(
            State == CoroutineState.Suspended
                ? $"#{Id} '{Name}' {State} ({WaitingFor} {NameOf(Subject)})".Replace(
                    " )",
                    ")",
                    StringComparison.Ordinal
                )
                : $"#{Id} '{Name}' {State}"
        );

    /// <summary>Whether it stands in the ready queue; it may have been unwound since.</summary>
    internal bool IsQueued
    {
        get => (marks & QueuedMark) != 0;
        set => marks = (byte)(value ? marks | QueuedMark : marks & ~QueuedMark);
    }

    // Without its state: two coroutines may wait for each other. A socket would say nothing but its type.
    internal static object? NameOf(object? subject) =>
        subject switch
        {
            Coroutine other => $"#{other.Id} '{other.Name}'",
            Socket socket => SocketSlot.TextOf(socket),
            _ => subject,
        };

    /// <summary>Whether the innermost frame was called by TryCall.</summary>
    private bool IsTried
    {
        get => (marks & TriedMark) != 0;
        set => marks = (byte)(value ? marks | TriedMark : marks & ~TriedMark);
    }

    private bool IsUnwinding => unwindTo != NoUnwinding;

    /// <summary>Runs the frames until one waits for something that the runner must see to, or until all have ended.</summary>
    /// <param name="running">This thread's. It goes on to hold this coroutine until the next is resumed, or it ends.</param>
    /// <param name="wait">What is to be waited for.</param>
    /// <returns>False if the coroutine has ended.</returns>
    internal bool Advance(RunningCoroutine running, out Wait wait)
    {
        Begin(running);
        if (Run(out wait))
            return true;
        running.Value = null;
        return false;
    }

    /// <summary>Lets the innermost frame, which stands at a wait, fail there.</summary>
    /// <param name="running">This thread's.</param>
    /// <param name="failure">What it fails with.</param>
    /// <param name="wait">What a caller that asked to see the failure waits for next.</param>
    /// <returns>False if the coroutine has ended.</returns>
    internal bool AdvanceWithFailure(RunningCoroutine running, Exception failure, out Wait wait)
    {
        wait = default;
        Begin(running);
        if (End(failure) && Run(out wait))
            return true;
        running.Value = null;
        return false;
    }

    /// <summary>Unwinds the frames that lie deeper than <paramref name="target"/>: now if it is suspended, else at its next
    /// wait.</summary>
    internal void UnwindTo(int target, WakeupReason reason)
    {
        if (HasEnded || target >= Math.Min(depth, unwindTo))
            return;
        (unwindTo, unwindReason) = ((short)target, (byte)reason);
        if (State == CoroutineState.Running)
            return;
        var isNew = State == CoroutineState.New;
        Home.Runner.Withdraw(this);
        var running = RunningCoroutine.OfThisThread;
        var outer = running.Value;
        Begin(running);
        var goesOn = isNew ? Run(out _) : Unwind();
        running.Value = outer;
        if (goesOn)
            Home.Runner.Wake(this, WokenBy);
        else
            Home.Runner.Ended(this);
    }

    /// <summary>A frame of its stack, counted from the innermost, which is 0; null beyond the body, and of one that has
    /// ended.</summary>
    internal IEnumerator<Wait>? FrameAt(int index) =>
        index >= depth ? null
        : index == 0 ? body
        : callers![depth - 1 - index].Body;

    /// <summary>What it was woken with to fail with, or to see.</summary>
    internal Exception? Told => Outcome.FailureIn(Subject);

    internal void WakeJoiners() => joiners?.Wake(EndFor);

    /// <summary>One that was told of its failure won't see it.</summary>
    /// <returns>Whether nobody will, so that it is to be reported.</returns>
    internal bool LoseWitness() => joiners?.LoseWitness() ?? true;

    Coroutine IWaiter.Coroutine => this;

    void IWaiter.Wake(in Outcome outcome) => Wake(outcome);

    /// <summary>Gives back what it was woken with, and won't be resumed for.</summary>
    internal void GiveBack()
    {
        var grant = (IGrant)Subject!;
        (Subject, WokenBy) = (null, WakeupReason.None);
        grant.GiveBack(this);
    }

    internal void Wake(in Outcome outcome)
    {
        Receive(outcome);
        Home.Runner.Wake(this, outcome.Reason);
    }

    /// <summary>Takes what it waited for.</summary>
    internal void Receive(in Outcome outcome) =>
        (Subject, WokenBy, State) = (outcome.Subject, outcome.Reason, CoroutineState.Ready);

    WaitKind IAwaited.Kind => WaitKind.Join;

    IPlace? IAwaited.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (waiter.Coroutine is { } joiner && (joiner == this || joiner.Home.Runner != Home.Runner))
            throw new InvalidOperationException($"{joiner} can't join {this}: join another one of the same scheduler.");
        var isTried = wait.Code == WaitKind.TryJoin;
        outcome = HasEnded ? EndFor(isTried) : default;
        if (HasEnded)
            return null;
        (joiners ??= new()).Add(waiter, isTried);
        return this;
    }

    void IPlace.Leave(IWaiter waiter) => joiners!.Remove(waiter);

    private Outcome EndFor(bool isTried) =>
        State switch
        {
            CoroutineState.Failed => new(
                WakeupReason.Failed | Witnessed() | (isTried ? WakeupReason.None : WakeupReason.Thrown),
                this
            ),
            CoroutineState.Cancelled => new(WakeupReason.Cancelled),
            _ => new(WokenBy & WakeupReason.Returned, Subject),
        };

    private WakeupReason Witnessed() => joiners?.TryAddWitness() ?? false ? WakeupReason.Unseen : WakeupReason.None;

    void ITimed.Expire() => Home.Runner.Expire(this);

    private void Begin(RunningCoroutine running)
    {
        running.Value = this;
        State = CoroutineState.Running;
    }

    private bool Run(out Wait wait)
    {
        for (var steps = 1; ; steps++)
        {
            if (!Step(out wait, out var isWaiting))
                return false;
            if (isWaiting)
                return true;
            if (steps < MaxStepsPerResume)
                continue;
            // The innermost frame stands at a call that has ended. It goes on in the next turn; what it was woken by stays.
            wait = Wait.Pause();
            if (!IsUnwinding)
                return true;
            if (!Unwind())
                return false;
        }
    }

    /// <summary>Moves the innermost frame to its next yield; a call is entered and its child moved too.</summary>
    private bool Step(out Wait wait, out bool isWaiting)
    {
        isWaiting = false;
        while (true)
        {
            if (!Move(out wait, out var failure))
                return End(failure);
            switch (wait.Kind)
            {
                case WaitKind.Call or WaitKind.TryCall:
                    if (!TryPush(wait, out failure))
                        return End(failure);
                    continue;
                case WaitKind.Return:
                    return EndWith(wait.Subject);
                default:
                    if (IsUnwinding)
                        return Unwind();
                    LeaveWait();
                    isWaiting = true;
                    return true;
            }
        }
    }

    /// <summary>What its last wait brought can't be asked for any more.</summary>
    private void LeaveWait()
    {
        if ((WokenBy & WakeupReason.Granted) != 0)
            ((IGrant)Subject!).Spend();
        WokenBy = WakeupReason.None;
    }

    [DebuggerStepperBoundary]
    private bool Move(out Wait wait, out Exception? failure)
    {
        wait = default;
        failure = null;
        try
        {
            if (!body.MoveNext())
                return false;
            wait = body.Current;
            return true;
        }
        catch (Exception thrown)
        {
            failure = thrown;
            return false;
        }
    }

    private bool TryPush(in Wait call, out Exception? failure)
    {
        var child = (IEnumerator<Wait>)call.Subject!;
        failure =
            child == body ? new InvalidOperationException($"{this} called the iterator that is calling.")
            : depth == MaxDepth ? new InvalidOperationException($"{this} called children {MaxDepth} deep.")
            : null;
        if (failure is not null)
            return false;
        callers ??= new Frame[2];
        if (depth > callers.Length)
            Array.Resize(ref callers, callers.Length * 2);
        callers[depth - 1] = new Frame(body, IsTried);
        (body, IsTried) = (child, call.Kind == WaitKind.TryCall);
        depth++;
        LeaveWait();
        if (call.Until.IsSet)
            Scope.OfCall(this, call.Until);
        return true;
    }

    private bool EndWith(object? result)
    {
        var goesOn = End(failure: null);
        if (goesOn ? WokenBy != WakeupReason.Failed : State == CoroutineState.Completed)
            (Subject, WokenBy) = (result, WakeupReason.Returned);
        return goesOn;
    }

    /// <summary>The innermost frame has ended, and with it, if it failed, every caller that didn't ask to see that.</summary>
    private bool End(Exception? failure)
    {
        bool wasTried;
        do failure = Pop(failure, out wasTried);
        while (failure is not null && !wasTried && depth > 0);
        return Settle(failure, WakeupReason.None, CoroutineState.Completed);
    }

    private bool Unwind()
    {
        Exception? failure = null;
        var wasTried = false;
        while (depth > unwindTo)
            failure = Pop(failure, out wasTried);
        while (failure is not null && !wasTried && depth > 0)
            failure = Pop(failure, out wasTried);
        return Settle(failure, (WakeupReason)unwindReason, CoroutineState.Cancelled);
    }

    private bool Settle(Exception? failure, WakeupReason reason, CoroutineState end)
    {
        if (depth <= unwindTo)
            unwindTo = NoUnwinding;
        LeaveWait();
        Subject = failure;
        WokenBy = failure is null ? reason : WakeupReason.Failed;
        if (depth > 0)
            return true;
        State = failure is null ? end : CoroutineState.Failed;
        return false;
    }

    private Exception? Pop(Exception? failure, out bool wasTried)
    {
        try
        {
            body.Dispose();
        }
        catch (Exception thrown)
        {
            failure = failure is null ? thrown : new AggregateException(failure, thrown);
        }
        while (Scopes is { } scope && scope.Depth >= depth)
            scope.Dispose();
        wasTried = IsTried;
        depth--;
        (body, IsTried) = depth > 0 ? callers![depth - 1] : default(Frame);
        return failure;
    }
}
