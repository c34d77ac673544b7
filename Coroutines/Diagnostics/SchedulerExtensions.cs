namespace Coroutines.Diagnostics;

/// <summary>What a scheduler's coroutines are doing.</summary>
public static class SchedulerExtensions
{
    /// <summary>Copies where every coroutine stands: its wait, its frames and what their variables hold.</summary>
    /// <remarks>Called on the scheduler's thread (see <see cref="Scheduler.Post"/>), or while that stands still. It takes
    /// some microseconds for each coroutine, and some 30 ms for each assembly the first time.</remarks>
    public static SchedulerDump Dump(this Scheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        return new SchedulerDump(scheduler, coroutine => coroutine.Frames());
    }

    /// <summary>Copies the state of every coroutine and what it waits for, without its frames: for whoever looks often.
    /// </summary>
    /// <remarks>Called on the scheduler's thread (see <see cref="Scheduler.Post"/>), or while that stands still. It takes
    /// less than a microsecond for each coroutine.</remarks>
    public static SchedulerDump DumpStates(this Scheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        return new SchedulerDump(scheduler, _ => []);
    }

    /// <summary>The coroutine that runs right now; with a <see cref="Watchdog"/>, also from where it was resumed and how long
    /// ago. Null if none runs. May be called on any thread.</summary>
    public static RunningStep? RunningStep(this Scheduler scheduler)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (scheduler.Find<StepRecorder>()?.Current is { } step)
            return new RunningStep(step, scheduler.Clock.GetElapsedTime(step.Began));
        return scheduler.Running is { State: CoroutineState.Running } running ? new RunningStep(running) : null;
    }
}
