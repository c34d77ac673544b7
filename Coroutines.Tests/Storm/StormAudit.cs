using Coroutines.Testing;

namespace Coroutines.Tests.Storm;

/// <summary>Checks, between two turns, that all that the scheduler keeps agrees.</summary>
internal sealed class StormAudit(StormTrace trace, Simulation simulation, StormGoodsAudit goods)
{
    private Scheduler Scheduler => simulation.Scheduler;

    /// <summary>Holds between any two turns.</summary>
    public void Check(IEnumerable<ScriptedPeer> peers)
    {
        var living = Scheduler.Living().ToList();
        trace.Expect(living.Count == Scheduler.Count, $"{living.Count} live in scopes, {Scheduler.Count} are counted");
        trace.Expect(
            living.Count == trace.LivingCount,
            $"{living.Count} live, observers were told {trace.LivingCount}"
        );
        trace.Expect(Coroutine.Current is null, $"{Coroutine.Current} runs between turns");
        foreach (var coroutine in living)
            Check(coroutine);
        goods.Check(living);
        foreach (var peer in peers)
            Check(peer.Connection.Slot);
        var timers = living.Sum(TimersOf);
        trace.Expect(Scheduler.Timers.Count == timers, $"{Scheduler.Timers.Count} timers are armed, {timers} owned");
    }

    /// <summary>Holds when nothing can happen but by the test or by time.</summary>
    public void CheckRest(IEnumerable<ScriptedPeer> peers)
    {
        Check(peers);
        goods.CheckRest();
        trace.Expect(Scheduler.ReadyCount == 0, $"{Scheduler.ReadyCount} are ready at rest");
        foreach (var coroutine in Scheduler.Living())
            trace.Expect(coroutine.State == CoroutineState.Suspended, $"{coroutine} isn't suspended at rest");
        foreach (var slot in peers.Select(peer => peer.Connection.Slot))
            trace.Expect(slot.Watched == slot.Wanted, $"{slot} is watched for {slot.Watched}, not {slot.Wanted}");
    }

    private void Check(Coroutine coroutine)
    {
        var isRunnable = coroutine.State is CoroutineState.New or CoroutineState.Ready;
        trace.Expect(isRunnable || coroutine.State == CoroutineState.Suspended, $"{coroutine} lives");
        trace.Expect(!isRunnable || coroutine.IsQueued, $"{coroutine} isn't queued");
        if (coroutine.State == CoroutineState.Suspended)
            CheckWait(coroutine);
        else
            trace.Expect(coroutine.Timer == 0, $"{coroutine} has a timer, but doesn't wait");
    }

    private void CheckWait(Coroutine coroutine)
    {
        var canCome = coroutine.Subject switch
        {
            SocketSlot slot => !slot.IsClosed && (slot.Reader == coroutine || slot.Writer == coroutine),
            Coroutine target => !target.HasEnded,
            Scope scope => !scope.IsEmpty,
            AnyOf any => any.Coroutine == coroutine,
            _ => true,
        };
        trace.Expect(canCome, $"{coroutine} waits for what can't come any more");
    }

    private void Check(SocketSlot slot)
    {
        foreach (var waiter in new[] { slot.Reader, slot.Writer })
        {
            if (waiter is not null)
                trace.Expect(WaitsOn(waiter, slot), $"{waiter} stands in {slot}, but doesn't wait on it");
        }
    }

    private static bool WaitsOn(Coroutine waiter, SocketSlot slot) =>
        waiter.Subject is AnyOf any
            ? waiter.State == CoroutineState.Suspended && any.Waits.Any(wait => SlotOf(wait) == slot)
            : waiter.WaitingOn == slot;

    private static SocketSlot? SlotOf(in Wait wait) => (wait.Subject as IWaitable)?.Slot;

    private static int TimersOf(Coroutine coroutine)
    {
        var count = coroutine.Timer == 0 ? 0 : 1;
        if (coroutine.State == CoroutineState.Suspended && coroutine.Subject is AnyOf any)
            count += any.Waits.Count(wait => wait.Until.IsSet);
        for (var scope = coroutine.Scopes; scope is not null; scope = scope.Older)
            count += scope.Timer == 0 ? 0 : 1;
        return count;
    }
}
