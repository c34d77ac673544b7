using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>Runs one coroutine to its end on the calling thread: it blocks on the one thing that the coroutine waits for,
/// then resumes it. No scheduler, no poller.</summary>
/// <remarks>So the coroutine that serves a connection can also serve it on a thread, or in a process, of its own. What
/// needs others (spawning, joining) fails the coroutine with a <see cref="NotSupportedException"/>.</remarks>
[DebuggerNonUserCode]
public sealed class BlockingDriver : IRunner
{
    private readonly TimeProvider clock;
    private readonly Coroutine coroutine;
    private readonly RunningCoroutine running = RunningCoroutine.OfThisThread;

    private BlockingDriver(IEnumerator<Wait> body, string? name, TimeProvider clock)
    {
        this.clock = clock;
        coroutine = new Coroutine(Scope.Root(this), id: 1, body, name);
    }

    /// <inheritdoc/>
    Deadline IRunner.Now => Deadline.Now(clock);

    /// <summary>Runs a coroutine to its end. What it fails with is thrown here.</summary>
    /// <param name="body">An iterator that hasn't been started.</param>
    /// <param name="name">A name for people.</param>
    /// <param name="clock">Where its deadlines are read. By default the system's monotonic clock.</param>
    /// <returns>What it returned (<see cref="Wait.Return"/>), or null.</returns>
    public static object? Run(IEnumerator<Wait> body, string? name = null, TimeProvider? clock = null)
    {
        ArgumentNullException.ThrowIfNull(body);
        return new BlockingDriver(body, name, clock ?? TimeProvider.System).Run();
    }

    Coroutine IRunner.Adopt(Scope home, IEnumerator<Wait> body, string? name) =>
        throw new NotSupportedException("The blocking driver runs one coroutine alone; it can't spawn another.");

    IPlace? IRunner.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome) =>
        throw new NotSupportedException(CannotWait(wait));

    // It compares deadlines with the clock itself, whenever it blocks.
    int IRunner.Arm(Deadline until, ITimed owner) => 0;

    void IRunner.Disarm(int timer) { }

    void IRunner.Expire(Coroutine coroutine) { }

    void IRunner.Withdraw(Coroutine coroutine) { }

    void IRunner.Wake(Coroutine coroutine, WakeupReason reason) =>
        (coroutine.WokenBy, coroutine.State) = (reason, CoroutineState.Ready);

    void IRunner.Ended(Coroutine coroutine) { }

    void IRunner.VerifyThread(string call, object? subject) { }

    private object? Run()
    {
        var outer = running.Value;
        var goesOn = coroutine.Advance(running, out var wait);
        while (goesOn)
            goesOn = Await(wait, out var failure)
                ? Advance(out wait)
                : coroutine.AdvanceWithFailure(running, failure!, out wait);
        running.Value = outer;
        if (coroutine.Failure is { } thrown)
            ExceptionDispatchInfo.Throw(thrown);
        return coroutine.Result;
    }

    private bool Advance(out Wait wait)
    {
        wait = default;
        return !coroutine.HasEnded && coroutine.Advance(running, out wait);
    }

    private bool Await(in Wait wait, out Exception? failure)
    {
        failure = null;
        try
        {
            coroutine.WaitingFor = wait.Kind;
            coroutine.State = CoroutineState.Suspended;
            Block(wait);
            return true;
        }
        catch (Exception thrown) when (thrown is NotSupportedException or ObjectDisposedException or SocketException)
        {
            failure = thrown;
            return false;
        }
    }

    private void Block(in Wait wait)
    {
        var until = wait.Until.StartingAt(Deadline.Now(clock));
        // Deadlines come first, as in a turn: a socket that is always ready mustn't put them off.
        while (!HasUnwoundAScope() && !IsPause(wait))
        {
            if (HasPassed(until))
            {
                coroutine.WokenBy = wait.Kind == WaitKind.Sleep ? WakeupReason.None : WakeupReason.DeadlineReached;
                return;
            }
            coroutine.WokenBy = BlockOnce(wait, until);
            if (coroutine.WokenBy != WakeupReason.None)
                return;
        }
    }

    // Besides a real pause, the one after many children that ended without waiting: what they ended with is kept.
    private static bool IsPause(in Wait wait) =>
        wait.Kind is WaitKind.Pause or WaitKind.Call or WaitKind.TryCall or WaitKind.Return;

    private WakeupReason BlockOnce(in Wait wait, Deadline until)
    {
        for (var scope = coroutine.Scopes; scope is not null; scope = scope.Older)
            until = scope.DeadlineReached ? until : Deadline.Earlier(until, scope.Until);
        return wait.Kind switch
        {
            WaitKind.Sleep => BlockFor(until),
            WaitKind.Read or WaitKind.Write or WaitKind.ReadOrWrite => BlockOn([wait], until),
            WaitKind.Any => BlockOn(((AnyOf)wait.Subject!).Waits, until),
            _ => throw new NotSupportedException(CannotWait(wait)),
        };
    }

    private static string CannotWait(in Wait wait) =>
        $"The blocking driver runs one coroutine alone; it can't {wait.Kind}.";

    private WakeupReason BlockFor(Deadline until)
    {
        using var never = new ManualResetEventSlim();
        never.Wait(TimeoutTo(until));
        return WakeupReason.None;
    }

    private WakeupReason BlockOn(ReadOnlySpan<Wait> waits, Deadline until)
    {
        var sockets = new SocketSelect();
        for (var i = 0; i < waits.Length; i++)
        {
            if (!sockets.TryAdd(waits[i]))
                return Ended(i, WakeupReason.Closed);
        }
        sockets.Block(TimeoutTo(until));
        for (var i = 0; i < waits.Length; i++)
        {
            if (sockets.ReadinessOf(waits[i]) is not WakeupReason.None and var readiness)
                return Ended(i, readiness);
        }
        return Ended(-1, WakeupReason.None);
    }

    private WakeupReason Ended(int index, WakeupReason reason)
    {
        coroutine.WokenIndex = (short)index;
        return reason;
    }

    /// <summary>Ends the calls whose deadlines have passed; false if there are none.</summary>
    private bool HasUnwoundAScope()
    {
        var depth = coroutine.Depth;
        for (var scope = coroutine.Scopes; scope is not null; scope = scope.Older)
        {
            if (!scope.DeadlineReached && HasPassed(scope.Until))
                ((ITimed)scope).Expire();
        }
        return coroutine.Depth < depth;
    }

    private bool HasPassed(Deadline deadline) => deadline.IsSet && deadline.Ticks <= Deadline.Now(clock).Ticks;

    private TimeSpan TimeoutTo(Deadline until)
    {
        if (!until.IsSet)
            return Timeout.InfiniteTimeSpan;
        var timeout = Math.Max(0, until.Since(Deadline.Now(clock)).Ticks);
        return TimeSpan.FromMilliseconds(Math.Min(Milliseconds.RoundUp(timeout), Milliseconds.Longest));
    }
}
