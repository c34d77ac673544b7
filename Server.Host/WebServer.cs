using System.Net.Sockets;
using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Polling;
using Coroutines.Sockets;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host;

/// <summary>Puts the parts together, and runs them until the process is told to stop.</summary>
internal static class WebServer
{
    /// <summary>The coroutine without which nothing is served, and the scheduler that runs it.</summary>
    private const string Main = "server";

    /// <summary>Serves until SIGTERM or Ctrl+C, and returns the exit code.</summary>
    public static int Run(ServerOptions options)
    {
        try
        {
            Check(options);
            return Serve(options, Listening.Open(options));
        }
        catch (StartException wrong)
        {
            Console.Error.WriteLine(wrong.Message);
            return ExitCode.Failed;
        }
    }

    private static void Check(ServerOptions options)
    {
        if (!Directory.Exists(options.Root))
            throw new StartException($"The folder '{options.Root}' doesn't exist: {Path.GetFullPath(options.Root)}.");
        if (options.Poller == "epoll" && !OperatingSystem.IsLinux())
            throw new StartException("--poller epoll needs Linux; --poller select works everywhere.");
    }

    private static int Serve(ServerOptions options, IReadOnlyList<Listener> listeners)
    {
        using var logging = new Logging(options);
        using var scheduler = Open(() => new Scheduler(PollerOf(options)));
        using var telemetry = new SchedulerTelemetry(scheduler, Main);
        using var files = Open(() => new FileCache(FileRoot.At(options.Root), TimeProvider.System, new()));
        var site = new HttpSite(files, options.Limits, options.Timeouts, logging, TimeProvider.System);
        var server = new HttpServer(site, options.MaxConnections, options.Grace);
        using var signals = new StopSignals(() => scheduler.Post(server.Drain));
        scheduler.Failed += logging.Log.CoroutineFailed;

        var main = scheduler.Spawn(server.Serve(listeners), Main);
        Announce(options, listeners, logging.Log);
        scheduler.Run();
        logging.Log.Stopped();
        return main.State == CoroutineState.Completed ? ExitCode.Succeeded : ExitCode.Failed;
    }

    /// <summary>Opens what the system may refuse: it has no descriptor left, most likely.</summary>
    private static T Open<T>(Func<T> open)
    {
        try
        {
            return open();
        }
        catch (Exception refused) when (refused is SocketException or IOException or UnauthorizedAccessException)
        {
            throw new StartException($"The server can't start: {refused.Message}");
        }
    }

    private static IPoller PollerOf(ServerOptions options) =>
        options.Poller switch
        {
            "select" => new SelectPoller(),
            "epoll" when OperatingSystem.IsLinux() => new EpollPoller(),
            _ => new AutoPoller(),
        };

    private static void Announce(ServerOptions options, IReadOnlyList<Listener> listeners, Log log)
    {
        var address = Listening.AddressOf(listeners, options);
        Console.WriteLine($"Serving {Path.GetFullPath(options.Root)} at {address} (Ctrl+C stops)");
        foreach (var listener in listeners)
            log.Listening(listener.LocalEndPoint);
        if (options.OpensBrowser)
            Browser.Open(address, log);
    }
}
