using System.Net.Sockets;
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

    /// <param name="options">Which model, and what it serves.</param>
    /// <param name="logging">Where is told what goes wrong.</param>
    /// <param name="workers">What each of its workers has done.</param>
    /// <exception cref="StartException">The system refuses what the model needs.</exception>
    public static IModel Open(ServerOptions options, Logging logging, IReadOnlyList<WorkerCounts> workers)
    {
        var counts = workers[0].Counts;
        var unsentRoom = new UnsentRoom();
        return options.Model switch
        {
            Iterative => new IterativeModel(
                idleBreak => Guard(() => OpenSite(options.Files, idleBreak)),
                options.Grace,
                logging.Log
            ),
            Threads => new ThreadsModel(
                idleBreak => OpenSite(options.Files.SharedBy(options.MaxThreads), idleBreak),
                options.MaxThreads,
                options.Grace,
                logging.Log
            ),
            Processes when OperatingSystem.IsLinux() => new ProcessesModel(options, logging.Log),
            Processes => throw new StartException("--model processes needs Linux; --model threads works everywhere."),
            Events => new EventsModel(
                Guard(() => OpenSite(options.Files.OnLoop)),
                options.MaxConnections,
                options.Grace
            ),
            _ => new CoroutinesModel(Loops.Open(options, logging, workers)),
        };

        HttpSite OpenSite(FileCacheLimits limits, IdleBreak? idleBreak = null)
        {
            var files = FileCache.Open(options, TimeProvider.System, limits);
            files.Counts = counts;
            return new(files, options.Limits, options.Timeouts, logging, TimeProvider.System)
            {
                IdleBreak = idleBreak,
                Fields = SiteFields.Of(options),
                Counts = counts,
                Addresses = AddressLimit.Of(options.MaxPerAddress),
                UnsentRoom = unsentRoom,
            };
        }
    }

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
