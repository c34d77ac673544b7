using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Polling;
using Coroutines.Sockets;
using Server.Host.Files;
using Server.Host.Http;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>The web server as it is studied: the default model, on a thread of its own, over select, whose sets one can
/// see, with a clock that can stand still.</summary>
internal sealed class StudiedServer : IModel
{
    private readonly FileCache files;
    private readonly HttpServer server;
    private readonly Scheduler scheduler;
    private readonly Thread thread;
    private Coroutine? main;

    /// <param name="options">What it serves, and where.</param>
    /// <param name="logging">Where it is told what goes wrong.</param>
    /// <param name="mode">How far it goes before it is told anything.</param>
    /// <param name="time">The time outside. By default the system's.</param>
    public StudiedServer(ServerOptions options, Logging logging, StepMode mode, TimeProvider? time = null)
    {
        var clock = new PausableClock(time ?? TimeProvider.System);
        files = new FileCache(FileRoot.At(options.Root), clock, new());
        var network = new Network();
        var targets = new Targets(network.Journal, logging.AccessLog);
        var site = new HttpSite(files, options.Limits, options.Timeouts, logging.Log, targets, clock);
        targets.Site = site;
        server = new HttpServer(site, options.MaxConnections, options.Grace);
        scheduler = new Scheduler(new SelectPoller(), clock);
        scheduler.Failed += logging.Log.CoroutineFailed;
        scheduler.ObserverFailed += (_, failure) => logging.Log.ObserverFailed(failure);
        var stepper = new Stepper(scheduler, clock, network, targets, mode);
        // After the stepper, so that the watchdog's steps begin where this one lets them.
        var hog = options.Watchdog is { } limit ? new Hog(scheduler, limit, logging.Log) : null;
        Study = new(Model.Coroutines, stepper, network, hog);
        thread = new Thread(scheduler.Run) { IsBackground = true, Name = "studied" };
    }

    public Study Study { get; }

    private Network Network => Study.Network;

    /// <summary>Begins to serve.</summary>
    public void Start(IReadOnlyList<Listener> listeners)
    {
        main = scheduler.Spawn(server.Serve(Network.Watch(listeners)), "server");
        thread.Start();
    }

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        Start(listeners);
        thread.Join();
        return main!.State == CoroutineState.Completed;
    }

    /// <summary>Lets it go, and stops it in good order; it may take a while until it has ended.</summary>
    public void Stop()
    {
        Study.Stepper.Dispose();
        scheduler.Post(server.Drain);
    }

    /// <summary>Waits until it has ended.</summary>
    public void Join() => thread.Join();

    public void Dispose()
    {
        Study.Hog?.Dispose();
        scheduler.Dispose();
        files.Dispose();
    }
}
