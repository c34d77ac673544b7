using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Server.Host.Files;
using Server.Host.Http;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>The web server as it is studied, if a scheduler runs it: the default model, or the iterative one, whose one loop
/// is a coroutine as well.</summary>
internal sealed class StudiedServer : IStudiedModel
{
    private const string Main = "server";

    private readonly FileCache files;
    private readonly DumpSignal? dumps;
    private readonly Bell stop = new();
    private readonly StudiedScheduler studied;
    private readonly Func<IReadOnlyList<Listener>, IEnumerator<Wait>> serve;
    private readonly Action drain;

    /// <param name="options">What it serves, and where.</param>
    /// <param name="logging">Where it is told what goes wrong.</param>
    /// <param name="mode">How far it goes before it is told anything.</param>
    /// <param name="time">The time outside. By default the system's.</param>
    public StudiedServer(ServerOptions options, Logging logging, StepMode mode, TimeProvider? time = null)
    {
        var clock = new PausableClock(time ?? TimeProvider.System);
        var network = new Network();
        var targets = new Targets(network.Journal, logging.AccessLog);
        files = FileCache.Open(options, clock, options.Files.OnLoop);
        var site = new HttpSite(files, options.Limits, options.Timeouts, logging.Log, targets, clock)
        {
            Fields = SiteFields.Of(options),
            Addresses = AddressLimit.Of(options.MaxPerAddress),
        };
        targets.Site = site;
        network.Unsent = () => site.Connections.Select(connection => (connection.Descriptor, connection.UnsentBytes));
        (serve, drain) = Program(site, options, stop);
        studied = new StudiedScheduler(clock, targets, network, options.Watchdog, logging.Log, mode);
        studied.Scheduler.Failed += logging.Log.CoroutineFailed;
        Study = studied.Study(options.Model);
        dumps = options.Model == Model.Coroutines ? new DumpSignal(studied.Scheduler, logging.Log) : null;
    }

    public Study Study { get; }

    /// <summary>Begins to serve.</summary>
    public void Start(IReadOnlyList<Listener> listeners) => studied.Start(serve(Study.Network.Watch(listeners)), Main);

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        using var telemetry = new SchedulerTelemetry(studied.Scheduler, Main);
        Start(listeners);
        studied.Join();
        return studied.HasCompleted;
    }

    /// <summary>Lets it go, and stops it in good order; it may take a while until it has ended.</summary>
    public void Stop()
    {
        Study.Stepper.Dispose();
        studied.Scheduler.Post(drain);
    }

    /// <summary>Waits until it has ended.</summary>
    public void Join() => studied.Join();

    public void Dispose()
    {
        dumps?.Dispose();
        studied.Dispose();
        files.Dispose();
        stop.Dispose();
    }

    private static (Func<IReadOnlyList<Listener>, IEnumerator<Wait>> Serve, Action Drain) Program(
        HttpSite site,
        ServerOptions options,
        Bell stop
    )
    {
        if (options.Model == Model.Iterative)
        {
            var iterative = new IterativeServer(site, stop);
            return (iterative.Serve, iterative.Drain);
        }
        var server = new HttpServer(site, options.MaxConnections, options.Grace);
        return (server.Serve, server.Drain);
    }
}
