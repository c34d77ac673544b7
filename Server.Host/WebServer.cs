using Coroutines.Sockets;
using Server.Host.Admin;
using Server.Host.Debugger;
using Server.Host.Http;
using Server.Host.Models;

namespace Server.Host;

/// <summary>Puts the parts together, and runs them until the process is told to stop.</summary>
internal static class WebServer
{
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

    /// <exception cref="StartException">What the options ask for can't be had here.</exception>
    public static void Check(ServerOptions options)
    {
        if (!Directory.Exists(options.Root))
            throw new StartException($"The folder '{options.Root}' doesn't exist: {Path.GetFullPath(options.Root)}.");
        if (options.Poller == "epoll" && !OperatingSystem.IsLinux())
            throw new StartException("--poller epoll needs Linux; --poller select works everywhere.");
        if (DescriptorShares.Of(options.Workers).AreTooFewToServe(options.Workers))
            throw new StartException(
                $"'ulimit -n' allows {DescriptorLimit.OfThisProcess} descriptors, too few to serve anybody; 1024 are usual."
            );
        if (options.Workers > 1 && !OperatingSystem.IsLinux())
            throw new StartException("--workers needs Linux, whose kernel distributes clients; 1 works everywhere.");
    }

    private static int Serve(ServerOptions options, IReadOnlyList<Listener> listeners)
    {
        var (readiness, workers) = (new Readiness(), WorkerCounts.Of(options.Workers));
        using var logging = new Logging(options);
        using var model = options.Debugger is { } debugger
            ? new DebuggedServer(options, debugger, logging)
            : Model.Open(options, logging, workers);
        using var meter = new ServerMeters(workers);
        using var admin = OpenAdmin(options, model, workers, readiness, logging.Log);
        using var delay = new DrainDelay(options.DrainDelay, readiness, model.Stop, logging.Log);
        using var signals = new StopSignals(delay.Start);
        using var reopening = new ReopenSignal(logging.Reopen);
        using var dumps =
            options.Model == Model.Coroutines ? null : new UnansweredDumpSignal(options.Model, logging.Log);

        Announce(options, listeners, admin, logging.Log);
        readiness.Begin();
        var isInOrder = model.Serve(listeners);
        logging.Log.Stopped();
        return isInOrder ? ExitCode.Succeeded : ExitCode.Failed;
    }

    private static AdminServer? OpenAdmin(
        ServerOptions options,
        IModel model,
        IReadOnlyList<WorkerCounts> workers,
        Readiness readiness,
        Log log
    )
    {
        if (options.AdminPort is not { } port)
            return null;
        var known = options.Model == Model.Processes ? [] : workers.Select(worker => worker.Counts);
        var loops = (model as CoroutinesModel)?.Loops ?? [];
        var subject = new AdminSubject(
            options.Model,
            [.. known],
            [.. loops.Select(loop => new AdminLoop(loop.Name, loop.Scheduler))]
        );
        return new AdminServer(AdminServer.Listen(port), subject, readiness, log);
    }

    private static void Announce(ServerOptions options, IReadOnlyList<Listener> listeners, AdminServer? admin, Log log)
    {
        var address = Listening.AddressOf(listeners, options);
        foreach (var option in options.OfNoUse)
            log.HasNoEffect(option);
        Console.WriteLine($"Serving {Path.GetFullPath(options.Root)} at {address} (Ctrl+C stops)");
        foreach (var end in listeners.Select(listener => listener.LocalEndPoint).Distinct())
            log.Listening(end);
        if (options.Workers > 1)
            log.ServesBy(options.Workers);
        if (admin is not null)
        {
            Console.WriteLine($"Admin at http://127.0.0.1:{admin.Port}/");
            log.AdminListening(admin.Port);
        }
        if (options is { OpensBrowser: true, Debugger: null })
            Browser.Open(address, log);
    }
}
