using System.Runtime.Versioning;
using Coroutines.Sockets;
using NLog;
using Server.Host.AccessLogs;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>What a child of <see cref="ProcessesModel"/> does: it serves its client, and ends.</summary>
[SupportedOSPlatform("linux")]
internal static class ChildServer
{
    /// <param name="arguments">The descriptors of the client and of the two bells, then the options.</param>
    public static void Serve(ReadOnlySpan<string> arguments)
    {
        var connection = Connection.Over(ChildProcess.Inherited(arguments[0]));
        using var closing = Bell.Inherited(arguments[1]);
        using var wanted = Bell.Inherited(arguments[2]);
        var options = ChildOptions.Read(arguments[3..]);

        var logging = new Lazy<Logging>(() => new Logging(options with { AccessLog = ServerOptions.Off }));
        var log = new Log(new Lazy<ILogger>(() => logging.Value.Logger));
        using var files = FileCache.Open(options, TimeProvider.System, options.Files);
        var site = new HttpSite(
            files,
            options.Limits,
            options.Timeouts,
            log,
            AccessLogOf(options, log),
            TimeProvider.System
        )
        {
            Fields = SiteFields.Of(options),
            IdleBreak = new(closing.Socket, [wanted.Socket], wanted.TryTake),
        };
        BlockingConnection.Serve(connection, site, log);
        if (logging.IsValueCreated)
            logging.Value.Dispose();
    }

    private static IAccessLog AccessLogOf(ServerOptions options, Log log)
    {
        if (options.AccessLog == ServerOptions.Off)
            return new NoAccessLog();
        IAccessFile file =
            options.AccessLog == ServerOptions.StandardOutput
                ? new AccessStream(Console.OpenStandardOutput())
                : new AppendingFile(options.AccessLog);
        var lines = new DirectLines(new LossyFile(file, log, TimeProvider.System));
        return AccessLogFormats.Open(options.AccessLogFormat, lines, TimeProvider.System);
    }
}
