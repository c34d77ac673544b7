using NLog;
using NLog.Config;
using NLog.Targets;
using NLog.Targets.Wrappers;
using Server.Host.AccessLogs;
using Server.Host.Http;

namespace Server.Host;

/// <summary>Sets NLog up for messages, to the console (standard error) and a file; and the access log, to where it was asked
/// for.</summary>
/// <remarks>All of it is written by threads of their own, so that no disk and no terminal holds up the loop.</remarks>
internal sealed class Logging : IDisposable
{
    private const string MessageLayout =
        @"${date:universalTime=true:format=yyyy-MM-ddTHH\:mm\:ss.fffZ} ${level:uppercase=true:padding=-5} ${event-properties:worker}${message}"
        + "${onexception:inner= ${exception:format=tostring}}";

    private readonly LogFactory factory = new();
    private readonly AccessWriter? accessWriter;
    private readonly List<(ReopenedFile File, AsyncTargetWrapper Queue)> files = [];

    /// <exception cref="StartException">A log file can't be written.</exception>
    public Logging(ServerOptions options)
    {
        var configuration = new LoggingConfiguration(factory);
        var console = new ConsoleTarget("console") { StdErr = true, Layout = MessageLayout };
        configuration.AddRule(options.LogLevel, LogLevel.Fatal, Async(console));
        if (options.LogFile is { } path)
            configuration.AddRule(options.LogLevel, LogLevel.Fatal, File("file", path, MessageLayout));
        factory.Configuration = configuration;
        Logger = factory.GetLogger("server");
        Log = new Log(Logger);
        accessWriter = AccessWriterOf(options.AccessLog);
        AccessLog = accessWriter is null
            ? new NoAccessLog()
            : AccessLogFormats.Open(options.AccessLogFormat, accessWriter, TimeProvider.System);
    }

    /// <summary>Where messages go.</summary>
    public ILogger Logger { get; }

    public Log Log { get; }

    public IAccessLog AccessLog { get; }

    /// <summary>Where the messages of one worker go: each begins with its name.</summary>
    public Log LogOf(string worker) => new(factory.GetLogger(Logger.Name).WithProperty("worker", $"{worker}: "));

    /// <summary>Goes on in new files, if the old ones were moved. May be called on any thread.</summary>
    public void Reopen()
    {
        foreach (var (file, queue) in files)
            file.Reopen(queue);
        accessWriter?.Reopen();
    }

    /// <summary>Writes what is still under way.</summary>
    public void Dispose()
    {
        accessWriter?.Dispose();
        factory.Shutdown();
    }

    private AccessWriter? AccessWriterOf(string destination) =>
        destination switch
        {
            ServerOptions.Off => null,
            ServerOptions.StandardOutput => Writing(new AccessStream(Console.OpenStandardOutput())),
            _ => Writing(new AccessFile(destination)),
        };

    private AccessWriter Writing(IAccessFile file) => new(new LossyFile(file, Log, TimeProvider.System));

    private AsyncTargetWrapper File(string name, string path, string layout)
    {
        new AccessFile(path).Dispose(); // the logger would go on without a file that it can't write, and say nothing
        var file = new ReopenedFile(name, path, layout);
        var queue = Async(file);
        files.Add((file, queue));
        return queue;
    }

    // No line is dropped, and none is waited for.
    private static AsyncTargetWrapper Async(Target target) =>
        new(target) { Name = target.Name + " (async)", OverflowAction = AsyncTargetWrapperOverflowAction.Grow };
}
