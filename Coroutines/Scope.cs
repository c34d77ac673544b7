using System.Diagnostics;

namespace Coroutines;

/// <summary>Holds coroutines together: all of them have ended before the scope does.</summary>
/// <remarks>
/// <para>A scope is opened in a coroutine (<c>using var scope = Scope.Open();</c>), is given coroutines by
/// <see cref="Spawn"/>, waited for by <see cref="Join"/>, and ends with its <c>using</c>, or at the latest with the frame
/// that opened it. Whatever still runs in it then is cancelled. A cancel, and a deadline, end every wait in the scope: each
/// coroutine is unwound where it waits, by <c>Dispose</c>, innermost frame first.</para>
/// <para>It is level-triggered: what is spawned into a scope that was cancelled, or has ended, goes to its first wait and
/// is unwound there. So nothing that it was handed leaks.</para>
/// <para>The frame that opened the scope stands outside of it: it learns from <see cref="DeadlineReached"/> and
/// <see cref="IsCancelled"/> how it ended. To end a wait of one's own, give it, or a call, a deadline.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerNonUserCode]
public sealed class Scope : IDisposable, ITimed, IAwaited, IPlace
{
    // One that spawns its successor before its first wait would overflow the stack, and end the process.
    private const int MaxCancelledSpawns = 500;

    private readonly Coroutine? opener;
    private readonly bool isCall;
    private Coroutine? first;
    private Coroutine? last;
    private Joiners? joiners;

    private bool hasEnded;

    private Scope(IRunner runner, Coroutine? opener, int depth, Deadline until, bool isCall)
    {
        Runner = runner;
        this.opener = opener;
        this.isCall = isCall;
        Depth = depth;
        Until = until.StartingAt(runner.Now);
        Older = opener?.Scopes;
        if (opener is not null)
            opener.Scopes = this;
        if (Until.IsSet)
            Timer = runner.Arm(Until, this);
    }

    private Scope(IRunner runner) => Runner = runner;

    /// <summary>Whether it was cancelled, by <see cref="Cancel"/> or by its deadline.</summary>
    public bool IsCancelled { get; private set; }

    /// <summary>Whether its deadline was reached.</summary>
    public bool DeadlineReached { get; private set; }

    /// <summary>Whether no coroutine is in it.</summary>
    public bool IsEmpty => first is null;

    internal IRunner Runner { get; }

    /// <summary>The coroutine that opened it; null for the scheduler's own.</summary>
    internal Coroutine? Opener => opener;

    internal Deadline Until { get; }

    internal int Timer { get; private set; }

    /// <summary>The depth of the frame with which it ends at the latest.</summary>
    internal int Depth { get; }

    /// <summary>The scope that the same coroutine opened before it.</summary>
    internal Scope? Older { get; private set; }

    /// <summary>Opens a scope that belongs to the running coroutine's innermost frame.</summary>
    /// <param name="deadline">When to cancel everything in it. By default never.</param>
    /// <exception cref="InvalidOperationException">No coroutine is running on this thread.</exception>
    public static Scope Open(Deadline deadline = default)
    {
        var opener = Coroutine.Running;
        return new(opener.Home.Runner, opener, opener.Depth, deadline, isCall: false);
    }

    /// <summary>Starts a coroutine in this scope; it first runs in the next turn.</summary>
    /// <param name="body">An iterator that hasn't been started.</param>
    /// <param name="name">A name for people; by default <c>coroutine</c> and its number.</param>
    /// <exception cref="ArgumentNullException"><paramref name="body"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It is called on another thread than the scheduler's; or the scope is
    /// cancelled, and the coroutines that run at once because of that have spawned each other 500 deep.</exception>
    public Coroutine Spawn(IEnumerator<Wait> body, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return IsCancelled ? SpawnCancelled(body, name) : Runner.Adopt(this, body, name);
    }

    /// <summary>Waits until every coroutine in the scope has ended.</summary>
    /// <param name="deadline">When to give up waiting. By default never.</param>
    public Wait Join(Deadline deadline = default) => Wait.On(WaitKind.JoinScope, this, deadline);

    /// <summary>Cancels every coroutine in the scope, now and later.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread than the scheduler's.</exception>
    public void Cancel()
    {
        Runner.VerifyThread(nameof(Cancel), this);
        IsCancelled = true;
        // A copy, since what a 'finally' does may end others; cancelling those again does nothing.
        foreach (var coroutine in Members())
            coroutine.Cancel();
    }

    /// <summary>Ends the scope: cancels what is still in it. Ending it again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread than the scheduler's.</exception>
    public void Dispose()
    {
        if (hasEnded)
            return;
        Runner.VerifyThread(nameof(Dispose), this);
        hasEnded = true;
        Cancel();
        Unlink();
        Runner.Disarm(Timer);
        Timer = 0;
    }

    /// <inheritdoc/>
    public override string ToString() => opener is null ? "scope of the scheduler" : $"scope of #{opener.Id}";

    void ITimed.Expire()
    {
        Timer = 0;
        DeadlineReached = true;
        if (isCall)
            opener!.UnwindTo(Depth - 1, WakeupReason.DeadlineReached);
        else
            Cancel();
    }

    /// <summary>The scope in which a scheduler's own coroutines live.</summary>
    internal static Scope Root(IRunner runner) => new(runner);

    /// <summary>The scope of a call with a deadline: it holds nothing but the frame that was just entered.</summary>
    internal static void OfCall(Coroutine caller, Deadline deadline) =>
        _ = new Scope(caller.Home.Runner, caller, caller.Depth, deadline, isCall: true);

    internal void Add(Coroutine coroutine)
    {
        coroutine.Previous = last;
        if (last is null)
            first = coroutine;
        else
            last.Next = coroutine;
        last = coroutine;
    }

    internal void Remove(Coroutine coroutine)
    {
        if (coroutine.Previous is null)
            first = coroutine.Next;
        else
            coroutine.Previous.Next = coroutine.Next;
        if (coroutine.Next is null)
            last = coroutine.Previous;
        else
            coroutine.Next.Previous = coroutine.Previous;
        (coroutine.Previous, coroutine.Next) = (null, null);
        if (first is null)
            joiners?.Wake(_ => End);
    }

    /// <summary>Every coroutine in the scope, and in the scopes that those have opened.</summary>
    internal IEnumerable<Coroutine> Living()
    {
        foreach (var coroutine in Members())
        {
            yield return coroutine;
            for (var scope = coroutine.Scopes; scope is not null; scope = scope.Older)
            {
                foreach (var nested in scope.Living())
                    yield return nested;
            }
        }
    }

    WaitKind IAwaited.Kind => WaitKind.JoinScope;

    IPlace? IAwaited.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (waiter.Coroutine?.Home == this)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} can't join its own scope: it would wait for itself."
            );
        if (waiter.Coroutine is { } joiner && joiner.Home.Runner != Runner)
            throw new InvalidOperationException($"{joiner} can't join that scope: join one of the same scheduler.");
        outcome = IsEmpty ? End : default;
        if (IsEmpty)
            return null;
        (joiners ??= new()).Add(waiter, isTried: false);
        return this;
    }

    void IPlace.Leave(IWaiter waiter) => joiners!.Remove(waiter);

    private Outcome End =>
        new(
            DeadlineReached ? WakeupReason.DeadlineReached
            : IsCancelled ? WakeupReason.Cancelled
            : WakeupReason.None
        );

    private Coroutine SpawnCancelled(IEnumerator<Wait> body, string? name)
    {
        var running = RunningCoroutine.OfThisThread;
        if (running.CancelledSpawns == MaxCancelledSpawns)
            throw new InvalidOperationException(
                $"{running.Value} spawned into a cancelled scope, {MaxCancelledSpawns} deep: before its first wait, or in a "
                    + "'finally', a coroutine must not spawn its like for ever."
            );
        running.CancelledSpawns++;
        try
        {
            var coroutine = Runner.Adopt(this, body, name);
            coroutine.Cancel();
            return coroutine;
        }
        finally
        {
            running.CancelledSpawns--;
        }
    }

    private List<Coroutine> Members()
    {
        var members = new List<Coroutine>();
        for (var coroutine = first; coroutine is not null; coroutine = coroutine.Next)
            members.Add(coroutine);
        return members;
    }

    private void Unlink()
    {
        if (opener is null)
            return;
        if (opener.Scopes == this)
        {
            opener.Scopes = Older;
            return;
        }
        var newer = opener.Scopes;
        while (newer is not null && newer.Older != this)
            newer = newer.Older;
        if (newer is not null)
            newer.Older = Older;
    }
}
