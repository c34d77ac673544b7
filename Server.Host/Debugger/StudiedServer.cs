using Coroutines;
using Coroutines.Polling;
using Coroutines.Sockets;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Debugger;

/// <summary>The web server as it is studied: the default model, on a thread of its own, over select, whose sets one can
/// see, with a clock that can stand still.</summary>
internal sealed class StudiedServer : IDisposable
{
    private readonly FileCache files;
    private readonly HttpSite site;
    private readonly HttpServer server;
    private readonly Scheduler scheduler;
    private readonly Thread thread;

    /// <param name="options">What it serves, and where.</param>
    /// <param name="logging">Where it is told what goes wrong.</param>
    /// <param name="mode">How far it goes before it is told anything.</param>
    /// <param name="time">The time outside. By default the system's.</param>
    public StudiedServer(ServerOptions options, Logging logging, StepMode mode, TimeProvider? time = null)
    {
        var clock = new PausableClock(time ?? TimeProvider.System);
        files = new FileCache(FileRoot.At(options.Root), clock, new());
        site = new HttpSite(files, options.Limits, options.Timeouts, logging, clock);
        server = new HttpServer(site, options.MaxConnections, options.Grace);
        scheduler = new Scheduler(new SelectPoller(), clock);
        scheduler.Failed += logging.Log.CoroutineFailed;
        scheduler.ObserverFailed += (_, failure) => logging.Log.ObserverFailed(failure);
        Stepper = new Stepper(scheduler, clock, Network, TargetOf, mode);
        thread = new Thread(scheduler.Run) { IsBackground = true, Name = "studied" };
    }

    public Network Network { get; } = new();

    public Stepper Stepper { get; }

    /// <summary>Begins to serve.</summary>
    public void Start(IReadOnlyList<Listener> listeners)
    {
        scheduler.Spawn(server.Serve(Network.Watch(listeners)), "server");
        thread.Start();
    }

    /// <summary>Lets it go, and stops it in good order.</summary>
    public void Stop()
    {
        Stepper.Dispose();
        scheduler.Post(server.Drain);
        thread.Join();
    }

    public void Dispose()
    {
        scheduler.Dispose();
        files.Dispose();
    }

    private string? TargetOf(Coroutine coroutine) =>
        site.Connections.FirstOrDefault(connection => connection.IsServedBy(coroutine))?.Target;
}
