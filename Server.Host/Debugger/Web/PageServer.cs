using System.Net;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Debugger.Web;

/// <summary>Serves the debugger's page: a thread and a scheduler of its own, so that it answers while what is studied stands
/// still, or is kept by a coroutine. Written with what is studied: this library, and this HTTP.</summary>
internal sealed class PageServer : IDisposable
{
    private const int MaxConnections = 64;

    // Longer than any command is.
    private const int MaxContentBytes = 64 * 1024;

    private readonly Scheduler scheduler;
    private readonly Thread thread;
    private readonly Study study;
    private readonly Board board;
    private readonly Clients clients;

    /// <summary>Begins to serve.</summary>
    /// <param name="study">What is studied.</param>
    /// <param name="listener">Where the page is served; owned.</param>
    /// <param name="options">What is asked for.</param>
    /// <param name="log">Where it is told what goes wrong.</param>
    /// <param name="clock">By default the system's.</param>
    public PageServer(Study study, Listener listener, PageOptions options, Log log, TimeProvider? clock = null)
    {
        clock ??= TimeProvider.System;
        this.study = study;
        scheduler = new Scheduler(clock: clock);
        scheduler.Failed += log.CoroutineFailed;
        var port = ((IPEndPoint)listener.LocalEndPoint).Port;
        var token = Token.Random();
        Address = new Uri($"http://127.0.0.1:{port}/{token}/");

        PageWatch? watch = null;
        StateJson? state = null;
        board = new Board(scheduler, (json, version) => state!.Write(json, version));
        clients = new Clients(scheduler, options.Server, options.Request, board.Touch);
        watch = new PageWatch(study, board, options.Patience, log);
        state = new StateJson(study, options.ServerAddress, clients, () => watch.Notice);
        var responder = new PageResponder(
            token,
            new RequestGuard(port),
            study,
            options.ServerAddress,
            board,
            new Commands(study, clients),
            clock
        );
        var limits = new RequestLimits { BodyBytes = MaxContentBytes };
        var site = new HttpSite(responder, limits, new(), log, new NoAccessLog(), clock)
        {
            Name = "the debugger's page",
        };
        var server = new HttpServer(site, MaxConnections, grace: TimeSpan.FromSeconds(1));

        study.Changed += board.Touch;
        scheduler.Spawn(server.Serve([listener]), "page");
        scheduler.Spawn(watch.Run(), "watch");
        thread = new Thread(scheduler.Run) { IsBackground = true, Name = "debugger" };
        thread.Start();
    }

    /// <summary>What to open in a browser. Who knows it can steer the server.</summary>
    public Uri Address { get; }

    /// <summary>Has the clients close that the page has started. May be called on any thread.</summary>
    public void CloseClients() => scheduler.Post(clients.CloseAll);

    /// <summary>Has something done on the page's thread.</summary>
    public void Post(Action action) => scheduler.Post(action);

    public void Dispose()
    {
        study.Changed -= board.Touch;
        scheduler.Stop();
        thread.Join();
        scheduler.Dispose();
    }
}
