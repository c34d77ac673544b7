using System.Runtime.ExceptionServices;
using Coroutines.Polling;

namespace Coroutines.Diagnostics;

/// <summary>Tells of a coroutine that keeps the loop for too long, while it does.</summary>
/// <remarks>
/// <para>A step is what a coroutine does between a resume and its next wait; meanwhile nobody else is served. One that
/// lasts for the limit is reported once, and again when it has ended.</para>
/// <para>It costs about 70 ns a step: the coroutine, its state and the time are noted. A timer looks at the limit's pace as
/// long as coroutines run, and rests while none does.</para>
/// <para>What a handler throws, the scheduler's next turn throws at its end, in an <see cref="AggregateException"/>; the
/// watch goes on.</para>
/// </remarks>
public sealed class Watchdog : IDisposable
{
    /// <summary>The shortest limit: 1 ms.</summary>
    public static readonly TimeSpan MinLimit = TimeSpan.FromMilliseconds(1);

    /// <summary>The longest limit: 1 hour.</summary>
    public static readonly TimeSpan MaxLimit = TimeSpan.FromHours(1);

    /// <summary>The limit if none is given: 100 ms.</summary>
    public static readonly TimeSpan DefaultLimit = TimeSpan.FromMilliseconds(100);

    private readonly Scheduler scheduler;
    private readonly TimeSpan limit;
    private readonly TimeProvider clock;
    private readonly StepRecorder steps;
    private readonly ITimer timer;
    private readonly Lock reporting = new();

    /// <summary>Watches a scheduler from now on.</summary>
    /// <param name="scheduler">The scheduler.</param>
    /// <param name="limit">How long a step may last: 1 ms to 1 hour. By default 100 ms.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scheduler"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="limit"/> is out of range.</exception>
    public Watchdog(Scheduler scheduler, TimeSpan? limit = null)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        this.scheduler = scheduler;
        this.limit = Checked(limit ?? DefaultLimit);
        clock = scheduler.Clock;
        steps = new StepRecorder(clock, Arm, TellEnd);
        timer =
            clock == TimeProvider.System
                ? new ThreadTimer(Look, "watchdog")
                : clock.CreateTimer(_ => Look(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        IteratorCode.Prepare();
        scheduler.Attach(steps);
    }

    /// <summary>A step has lasted for the limit, and goes on. Raised on a thread of its own: nothing of the scheduler's may
    /// be touched there.</summary>
    public event Action<RunningStep>? LimitReached;

    /// <summary>A step that was reported has ended: <see cref="RunningStep.Elapsed"/> is how long it took. Raised on the
    /// scheduler's thread.</summary>
    public event Action<RunningStep>? StepEnded;

    /// <summary>Watches no longer.</summary>
    public void Dispose()
    {
        scheduler.Detach(steps);
        timer.Dispose();
    }

    private void Arm()
    {
        steps.TellsBegin = false;
        LookAfter(limit);
    }

    private void Look()
    {
        if (steps.Current is not { } step)
        {
            Rest();
            return;
        }
        var elapsed = clock.GetElapsedTime(step.Began);
        if (elapsed >= limit)
            Report(step, elapsed);
        LookAfter(elapsed >= limit ? limit : limit - elapsed);
    }

    // A step that begins just now either sees that it is to tell so, or is seen here.
    private void Rest()
    {
        steps.TellsBegin = true;
        Interlocked.MemoryBarrierProcessWide();
        if (steps.Current is not null)
            Arm();
    }

    // A step that ends just now either sees that its end is awaited, or has been seen to be over here.
    private void Report(Step step, TimeSpan elapsed)
    {
        lock (reporting)
        {
            if (steps.AwaitedEnd == step.Number)
                return;
            steps.AwaitedEnd = step.Number;
            Interlocked.MemoryBarrierProcessWide();
            if (steps.Current?.Number == step.Number)
                Tell(LimitReached, step, elapsed);
            else
                steps.AwaitedEnd = 0;
        }
    }

    private void TellEnd(Step step)
    {
        var elapsed = clock.GetElapsedTime(step.Began);
        lock (reporting)
        {
            if (steps.AwaitedEnd == step.Number)
                Tell(StepEnded, step, elapsed);
        }
    }

    // Thrown here it would end the process, or fail whoever moves the clock.
    private void Tell(Action<RunningStep>? handlers, Step step, TimeSpan elapsed)
    {
        try
        {
            handlers?.Invoke(new RunningStep(step, elapsed));
        }
        catch (Exception thrown)
        {
            scheduler.Post(() => ExceptionDispatchInfo.Throw(thrown));
        }
    }

    private void LookAfter(TimeSpan time) =>
        timer.Change(TimeSpan.FromMilliseconds(Milliseconds.RoundUp(time.Ticks)), Timeout.InfiniteTimeSpan);

    private static TimeSpan Checked(TimeSpan limit) =>
        limit >= MinLimit && limit <= MaxLimit
            ? limit
            : throw new ArgumentOutOfRangeException(
                nameof(limit),
                limit,
                $"A watchdog's limit must be {MinLimit.TotalMilliseconds} to {MaxLimit.TotalMilliseconds} ms."
            );
}
