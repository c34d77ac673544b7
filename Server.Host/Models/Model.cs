using System.Net.Sockets;
using Coroutines;
using Coroutines.Polling;
using Coroutines.Sync;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>The models by their names, as in <c>--model threads</c>.</summary>
internal static class Model
{
    public const string Coroutines = "coroutines";
    public const string Iterative = "iterative";
    public const string Processes = "processes";
    public const string Threads = "threads";
    public const string Events = "events";

    /// <summary>All names, the default first.</summary>
    public static readonly string[] Names = [Coroutines, Iterative, Processes, Threads, Events];

    // What compresses is busy all the time: one processor is left to the loop.
    private static int MaxWorkers => Math.Clamp(Environment.ProcessorCount - 1, 1, Workers.DefaultMaxThreads);

    /// <exception cref="StartException">The system refuses what the model needs.</exception>
    public static IModel Open(ServerOptions options, Logging logging, ServerCounts counts) =>
        options.Model switch
        {
            Iterative => new IterativeModel(
                idleBreak => Guard(() => OpenSite(options, logging, options.Files, counts, idleBreak)),
                options.Grace,
                logging.Log
            ),
            Threads => new ThreadsModel(
                idleBreak => OpenSite(options, logging, ShareOf(options.Files, options.MaxThreads), counts, idleBreak),
                options.MaxThreads,
                options.Grace,
                logging.Log
            ),
            Processes when OperatingSystem.IsLinux() => new ProcessesModel(options, logging.Log),
            Processes => throw new StartException("--model processes needs Linux; --model threads works everywhere."),
            Events => new EventsModel(
                Guard(() => OpenSite(options, logging, options.Files.OnLoop, counts)),
                options.MaxConnections,
                options.Grace
            ),
            _ => OpenCoroutines(options, logging, counts),
        };

    private static CoroutinesModel OpenCoroutines(ServerOptions options, Logging logging, ServerCounts counts)
    {
        var scheduler = Guard(() => new Scheduler(PollerOf(options)));
        var limits = options.Files with { DiskWait = DiskWait.Refused };
        var site = Guard(() => OpenSite(options, logging, limits, counts));
        site.Workers = new Workers(scheduler, MaxWorkers);
        site.Readers = new Workers(scheduler);
        var server = new HttpServer(site, options.MaxConnections, options.Grace);
        return new(scheduler, server, [site.Workers, site.Readers], options.Watchdog, logging.Log);
    }

    private static HttpSite OpenSite(
        ServerOptions options,
        Logging logging,
        FileCacheLimits limits,
        ServerCounts counts,
        IdleBreak? idleBreak = null
    )
    {
        var files = FileCache.Open(options, TimeProvider.System, limits);
        files.Counts = counts;
        return new(files, options.Limits, options.Timeouts, logging, TimeProvider.System)
        {
            IdleBreak = idleBreak,
            Fields = SiteFields.Of(options),
            Counts = counts,
            Addresses = AddressLimit.Of(options.MaxPerAddress),
        };
    }

    // Each thread has a cache of its own; together they hold no more than the one of the other models.
    private static FileCacheLimits ShareOf(FileCacheLimits whole, int threads) =>
        whole with
        {
            CapacityBytes = whole.CapacityBytes / threads,
            MaxHandles = whole.MaxHandles / threads,
        };

    private static IPoller PollerOf(ServerOptions options) =>
        options.Poller switch
        {
            "select" => new SelectPoller(),
            "epoll" when OperatingSystem.IsLinux() => new EpollPoller(),
            _ => new AutoPoller(),
        };

    /// <summary>Opens what the system may refuse: it has no descriptor left, most likely.</summary>
    /// <exception cref="StartException">The system refuses it.</exception>
    public static T Guard<T>(Func<T> open)
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
}
