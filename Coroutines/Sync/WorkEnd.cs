namespace Coroutines.Sync;

/// <summary>The end of work as something that coroutines wait for.</summary>
internal sealed class WorkEnd : IAwaited
{
    private readonly Work work;
    private readonly WakeupReason manner;
    private readonly WaiterQueue waiters;

    /// <param name="work">The work.</param>
    /// <param name="manner">How they are told if it fails.</param>
    public WorkEnd(Work work, WakeupReason manner)
    {
        (this.work, this.manner) = (work, manner);
        waiters = new WaiterQueue(work);
    }

    public WaitKind Kind => WaitKind.Work;

    public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (waiter.Coroutine!.Home.Runner != work.Scheduler)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} can't wait for {work}, which belongs to another scheduler."
            );
        outcome = work.HasEnded ? Tell() : default;
        return work.HasEnded ? null : waiters.Add(waiter);
    }

    /// <summary>Tells all who wait.</summary>
    public void WakeAll()
    {
        while (waiters.TryTake(out var waiter))
            waiter.Wake(Tell());
    }

    private Outcome Tell() => work.Failure?.Tell(manner) ?? work.Outcome;

    public override string ToString() => work.ToString();
}
