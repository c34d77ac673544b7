namespace Coroutines.Sync;

/// <summary>The end of work as something that coroutines wait for.</summary>
internal sealed class WorkEnd : IAwaited
{
    private readonly Work work;
    private readonly WakeupReason failed;
    private readonly WaiterQueue waiters;

    /// <param name="work">The work.</param>
    /// <param name="failed">What they are told if it fails.</param>
    public WorkEnd(Work work, WakeupReason failed)
    {
        (this.work, this.failed) = (work, failed);
        waiters = new WaiterQueue(work);
    }

    public WaitKind Kind => WaitKind.Work;

    private Outcome Outcome =>
        work.Outcome.Reason == WakeupReason.Failed ? work.Outcome with { Reason = failed } : work.Outcome;

    public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (waiter.Coroutine!.Home.Runner != work.Scheduler)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} can't wait for {work}, which belongs to another scheduler."
            );
        outcome = work.HasEnded ? Outcome : default;
        return work.HasEnded ? null : waiters.Add(waiter);
    }

    /// <summary>Tells all who wait. False if nobody does.</summary>
    public bool WakeAll()
    {
        var isAwaited = waiters.Count > 0;
        while (waiters.TryTake(out var waiter))
            waiter.Wake(Outcome);
        return isAwaited;
    }

    public override string ToString() => work.ToString();
}
