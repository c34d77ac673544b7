using System.Runtime.Versioning;
using Coroutines.Sockets;
using NLog;
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
        var accessFailures = new Burst(TimeProvider.System);
        using var files = FileCache.Open(options, TimeProvider.System, options.Files);
        var site = new HttpSite(
            files,
            options.Limits,
            options.Timeouts,
            log,
            AppendingLog.Open(options.AccessLog, options.AccessLogFormat, AccessLogFailed),
            TimeProvider.System
        )
        {
            Fields = SiteFields.Of(options),
            IdleBreak = new(closing.Socket, [wanted.Socket], wanted.TryTake),
        };
        BlockingConnection.Serve(connection, site, log);
        if (logging.IsValueCreated)
            logging.Value.Dispose();

        void AccessLogFailed(IOException failure)
        {
            if (accessFailures.Begins())
                log.AccessLogFailed(failure);
        }
    }
}
