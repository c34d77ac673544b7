using System.Diagnostics;

namespace Coroutines.Sync;

/// <summary>Something that <see cref="Workers"/> do, or have done.</summary>
/// <remarks>One may wait for it as often as one likes, and as many as like. It belongs to the scheduler of the workers, on
/// whose thread it is used.</remarks>
[DebuggerDisplay("{ToString(),nq}")]
public abstract class Work : IDescribed
{
    private readonly Workers workers;
    private readonly Scheduler scheduler;
    private readonly string? name;
    private readonly WorkEnd joined;
    private readonly WorkEnd tried;

    private protected Work(Workers workers, Scheduler scheduler, string? name)
    {
        (this.workers, this.scheduler, this.name) = (workers, scheduler, name);
        joined = new WorkEnd(this, WakeupReason.Thrown);
        tried = new WorkEnd(this, WakeupReason.None);
    }

    /// <summary>Whether it has ended, as far as the scheduler has heard.</summary>
    public bool HasEnded { get; private set; }

    internal IDisposable? Promise { get; set; }

    /// <summary>How it ended, once it has.</summary>
    internal Outcome Outcome { get; private set; }

    /// <summary>Its failure, if it has failed.</summary>
    internal WorkFailure? Failure { get; private set; }

    internal Scheduler Scheduler => scheduler;

    /// <summary>Waits for its end; then <see cref="Wakeup.Result{T}"/> is its result. If it failed, the coroutine fails with
    /// that, unwound by <c>Dispose</c>; if the workers were dismissed before it began, <see cref="Wakeup.Cancelled"/>
    /// tells.</summary>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the work goes on. By default
    /// never.</param>
    public Wait Join(Deadline deadline = default) => Wait.On(joined, deadline);

    /// <summary>Waits for its end and lets the coroutine see how it ended: <see cref="Wakeup.Failure"/>.</summary>
    /// <inheritdoc cref="Join"/>
    public Wait TryJoin(Deadline deadline = default) => Wait.On(tried, deadline);

    /// <inheritdoc/>
    public override string ToString() => Described.As("work", name) + (HasEnded ? " (done)" : "");

    /// <summary>Does it, on the calling thread, and tells its end.</summary>
    internal void Run()
    {
        var outcome = Perform();
        scheduler.Post(() => End(outcome));
        Promise!.Dispose();
    }

    /// <summary>It won't be done.</summary>
    internal void Cancel()
    {
        Promise!.Dispose();
        End(new Outcome(WakeupReason.Cancelled));
    }

    private protected abstract object? Do();

    private Outcome Perform()
    {
        try
        {
            return new Outcome(WakeupReason.Returned, Do());
        }
        catch (Exception failure)
        {
            return new Outcome(WakeupReason.Failed, failure);
        }
    }

    private void End(Outcome outcome)
    {
        (HasEnded, Outcome) = (true, outcome);
        if (outcome is { Reason: WakeupReason.Failed, Subject: Exception thrown })
            Failure = new WorkFailure(thrown, () => workers.Report(this, thrown));
        joined.WakeAll();
        tried.WakeAll();
        Failure?.HaveToldAll();
    }
}
