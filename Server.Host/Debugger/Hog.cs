using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>The coroutine that keeps the loop of what is studied, if one does.</summary>
internal sealed class Hog : IDisposable
{
    private readonly Watchdog watchdog;
    private readonly Log log;
    private volatile RunningStep? step;
    private long noticed;

    /// <param name="scheduler">Whose loop.</param>
    /// <param name="limit">How long a coroutine may keep it.</param>
    /// <param name="log">Is told, too.</param>
    public Hog(Scheduler scheduler, TimeSpan limit, Log log)
    {
        this.log = log;
        watchdog = new Watchdog(scheduler, limit);
        watchdog.LimitReached += Begin;
        watchdog.StepEnded += End;
    }

    /// <summary>One begins or ceases to keep it. Raised on a thread of its own, or the scheduler's.</summary>
    public event Action? Changed;

    /// <summary>The step that goes on for too long; null if none does. May be asked on any thread.</summary>
    public RunningStep? Step => step;

    /// <summary>How long that step has lasted.</summary>
    public TimeSpan Elapsed =>
        step is { Elapsed: { } before }
            ? before + TimeProvider.System.GetElapsedTime(Volatile.Read(ref noticed))
            : default;

    public void Dispose() => watchdog.Dispose();

    private void Begin(RunningStep reached)
    {
        Volatile.Write(ref noticed, TimeProvider.System.GetTimestamp());
        step = reached;
        log.StepReachedLimit(reached);
        Changed?.Invoke();
    }

    private void End(RunningStep ended)
    {
        step = null;
        log.LongStepEnded(ended);
        Changed?.Invoke();
    }
}
