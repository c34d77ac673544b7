using System.CommandLine;
using NLog;
using Server.Host.AccessLogs;

namespace Server.Host.Configuration;

/// <summary>What is logged, and where.</summary>
internal sealed class LogArguments : IArguments
{
    private readonly Option<string> logLevel = Bounded.Choice(
        "--log-level",
        "The least important messages that are written.",
        "info",
        "trace",
        "debug",
        "warn",
        "error",
        "off"
    );

    private readonly Option<string?> logFile = new("--log-file")
    {
        Description = "A file for the messages, beside the console.",
        HelpName = "file",
    };

    private readonly Option<string> accessLog = new("--access-log")
    {
        Description = "A file for a line on each answer; '-' is standard output.",
        HelpName = "file|-|off",
        DefaultValueFactory = _ => ServerOptions.Off,
    };

    private readonly Option<string> accessLogFormat = Bounded.Choice(
        "--access-log-format",
        "What such a line looks like: Apache's Combined format, or a JSON object.",
        AccessLogFormats.Names
    );

    public IReadOnlyList<Option> Options => [logLevel, logFile, accessLog, accessLogFormat];

    /// <summary>What was said and has no effect: a sentence for each. A file of options may be there for several servers.
    /// </summary>
    public IEnumerable<string> OfNoUse(ParseResult result)
    {
        if (result.CommandResult.Has(accessLogFormat) && result.GetValue(accessLog) == ServerOptions.Off)
            yield return $"{accessLogFormat.Name} needs {accessLog.Name}; for example {accessLog.Name} -.";
    }

    public ServerOptions Read(ParseResult result, ServerOptions options) =>
        options with
        {
            LogLevel = LogLevel.FromString(result.GetValue(logLevel)!),
            LogFile = result.GetValue(logFile),
            AccessLog = result.GetValue(accessLog)!,
            AccessLogFormat = result.GetValue(accessLogFormat)!,
        };
}
