using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>One thread, and a coroutine for each client: a plain loop, resumed whenever its socket is ready. The default.
/// </summary>
internal sealed class CoroutinesModel : IModel
{
    private const string Main = "server";

    private readonly Scheduler scheduler;
    private readonly HttpServer server;
    private readonly SchedulerTelemetry telemetry;

    public CoroutinesModel(Scheduler scheduler, HttpServer server, Log log)
    {
        (this.scheduler, this.server) = (scheduler, server);
        telemetry = new(scheduler, Main);
        scheduler.Failed += log.CoroutineFailed;
    }

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        var main = scheduler.Spawn(server.Serve(listeners), Main);
        scheduler.Run();
        return main.State == CoroutineState.Completed;
    }

    public void Stop() => scheduler.Post(server.Drain);

    public void Dispose()
    {
        telemetry.Dispose();
        scheduler.Dispose();
    }
}
