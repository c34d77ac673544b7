using Coroutines;
using Coroutines.Polling;
using Coroutines.Sync;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>Makes the loop of each worker. What they have in common are the limits that hold for all of them together, and
/// the logs; each has its own scheduler, poller, files and buffers.</summary>
/// <param name="options">What is served, and how.</param>
/// <param name="logging">Where is told what goes wrong.</param>
/// <param name="count">How many workers there are.</param>
internal sealed class Loops(ServerOptions options, Logging logging, int count)
{
    private readonly FileCacheLimits files = options.Files.SharedBy(count) with
    {
        DiskWait = DiskWait.Refused,
        Descriptors = DescriptorShares.Of(count),
    };
    private readonly UnsentRoom unsentRoom = new();
    private readonly SharedCount places = new();
    private readonly SharedCount refusals = new();
    private readonly AddressLimit? addresses = AddressLimit.Of(options.MaxPerAddress);
    private readonly SpareDescriptors spare = new(DescriptorShares.Of(count));

    // What compresses is busy all the time: each loop has a processor left to it, as far as there are so many.
    private int MaxThreads => Math.Clamp((Environment.ProcessorCount - count) / count, 1, Workers.DefaultMaxThreads);

    /// <param name="options">What is served, and how.</param>
    /// <param name="logging">Where is told what goes wrong.</param>
    /// <param name="workers">What each worker has done.</param>
    /// <exception cref="StartException">The system refuses what they need.</exception>
    public static IReadOnlyList<Loop> Open(ServerOptions options, Logging logging, IReadOnlyList<WorkerCounts> workers)
    {
        var loops = new Loops(options, logging, workers.Count);
        return [.. workers.Select(loops.Open)];
    }

    private Loop Open(WorkerCounts worker)
    {
        var log = worker.Worker is { } name ? logging.LogOf(name) : logging.Log;
        var scheduler = Model.Guard(() => new Scheduler(OpenPoller()));
        var site = Model.Guard(() => OpenSite(worker.Counts, log, scheduler));
        site.Workers = new Workers(scheduler, MaxThreads);
        site.Readers = new Workers(scheduler);
        spare.RanShort += () => scheduler.Post(site.Responder.LetHandlesGo);
        var server = new HttpServer(site, options.MaxConnections, options.Grace) { Spare = spare };
        return new(worker.Worker, scheduler, server, [site.Workers, site.Readers], options.Watchdog, log);
    }

    private HttpSite OpenSite(ServerCounts counts, Log log, Scheduler scheduler)
    {
        var cache = FileCache.Open(options, TimeProvider.System, files);
        cache.Counts = counts;
        cache.Turn = () => scheduler.Turns;
        return new(cache, options.Limits, options.Timeouts, log, logging.AccessLog, TimeProvider.System)
        {
            Fields = SiteFields.Of(options),
            Counts = counts,
            Addresses = addresses,
            UnsentRoom = unsentRoom,
            Places = places,
            Refusals = refusals,
        };
    }

    // Who asks for several workers expects many sockets, of which each watches a part: epoll from the beginning, then.
    private IPoller OpenPoller() =>
        options.Poller switch
        {
            "select" => new SelectPoller(),
            "auto" when count == 1 || !OperatingSystem.IsLinux() => new AutoPoller(),
            _ => new EpollPoller(),
        };
}
