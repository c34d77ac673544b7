using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Coroutines.Sync;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>A scheduler and what it runs: all that one thread works with, and shares with no other.</summary>
internal sealed class Loop : IDisposable
{
    private const string Main = "server";

    private readonly HttpServer server;
    private readonly Workers[] workers;
    private readonly SchedulerTelemetry telemetry;
    private readonly Watchdog? watchdog;
    private readonly DumpSignal dumps;

    /// <param name="name">What tells it from others; null if there are none.</param>
    /// <param name="scheduler">The scheduler; it is disposed with this.</param>
    /// <param name="server">What it runs.</param>
    /// <param name="workers">Who does what takes long; dismissed with this.</param>
    /// <param name="watchdogLimit">How long a coroutine may keep the loop before that is logged; null: however long.</param>
    /// <param name="log">Where is told what goes wrong.</param>
    public Loop(
        string? name,
        Scheduler scheduler,
        HttpServer server,
        Workers[] workers,
        TimeSpan? watchdogLimit,
        Log log
    )
    {
        (Name, Scheduler, this.server, this.workers) = (name, scheduler, server, workers);
        telemetry = new(scheduler, name ?? Main);
        watchdog = watchdogLimit is { } limit ? Watch(scheduler, limit, log) : null;
        dumps = new DumpSignal(scheduler, log);
        scheduler.Failed += log.CoroutineFailed;
        scheduler.ObserverFailed += (_, failure) => log.ObserverFailed(failure);
    }

    /// <summary>What tells it from others; null if there are none.</summary>
    public string? Name { get; }

    /// <summary>What runs its coroutines.</summary>
    public Scheduler Scheduler { get; }

    /// <summary>Serves on this thread, until it is told to stop or fails.</summary>
    /// <returns>Whether it was told to, and ended in good order.</returns>
    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        var main = Scheduler.Spawn(server.Serve(listeners), Main);
        Scheduler.Run();
        return main.State == CoroutineState.Completed && server.IsDraining;
    }

    /// <summary>Accepts nobody more, and lets go who has nothing under way. May be called on any thread.</summary>
    public void Stop() => Scheduler.Post(server.Drain);

    public void Dispose()
    {
        dumps.Dispose();
        watchdog?.Dispose();
        telemetry.Dispose();
        Array.ForEach(workers, some => some.Dispose());
        Scheduler.Dispose();
    }

    private static Watchdog Watch(Scheduler scheduler, TimeSpan limit, Log log)
    {
        var watchdog = new Watchdog(scheduler, limit);
        watchdog.LimitReached += log.StepReachedLimit;
        watchdog.StepEnded += log.LongStepEnded;
        return watchdog;
    }
}
