using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Coroutines.Sync;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>One thread, and a coroutine for each client: a plain loop, resumed whenever its socket is ready. The default.
/// </summary>
internal sealed class CoroutinesModel : IModel
{
    private const string Main = "server";

    private readonly Scheduler scheduler;
    private readonly HttpServer server;
    private readonly Workers[] workers;
    private readonly SchedulerTelemetry telemetry;
    private readonly Watchdog? watchdog;
    private readonly DumpSignal dumps;

    /// <param name="scheduler">The scheduler; it is disposed with this.</param>
    /// <param name="server">What it runs.</param>
    /// <param name="workers">Who does what takes long; dismissed with this.</param>
    /// <param name="watchdogLimit">How long a coroutine may keep the loop before that is logged; null: however long.</param>
    /// <param name="log">Where is told what goes wrong.</param>
    public CoroutinesModel(Scheduler scheduler, HttpServer server, Workers[] workers, TimeSpan? watchdogLimit, Log log)
    {
        (this.scheduler, this.server, this.workers) = (scheduler, server, workers);
        telemetry = new(scheduler, Main);
        watchdog = watchdogLimit is { } limit ? Watch(scheduler, limit, log) : null;
        dumps = new DumpSignal(scheduler, log);
        scheduler.Failed += log.CoroutineFailed;
        scheduler.ObserverFailed += (_, failure) => log.ObserverFailed(failure);
    }

    /// <summary>What runs its coroutines.</summary>
    public Scheduler Scheduler => scheduler;

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        var main = scheduler.Spawn(server.Serve(listeners), Main);
        scheduler.Run();
        return main.State == CoroutineState.Completed;
    }

    public void Stop() => scheduler.Post(server.Drain);

    public void Dispose()
    {
        dumps.Dispose();
        watchdog?.Dispose();
        telemetry.Dispose();
        Array.ForEach(workers, some => some.Dispose());
        scheduler.Dispose();
    }

    private static Watchdog Watch(Scheduler scheduler, TimeSpan limit, Log log)
    {
        var watchdog = new Watchdog(scheduler, limit);
        watchdog.LimitReached += log.StepReachedLimit;
        watchdog.StepEnded += log.LongStepEnded;
        return watchdog;
    }
}
