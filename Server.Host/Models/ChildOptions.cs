using System.Globalization;
using NLog;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>What a child must know of its parent's options, as arguments.</summary>
internal static class ChildOptions
{
    public static IEnumerable<string> Of(ServerOptions options) =>
        [
            Path.GetFullPath(options.Root),
            options.AccessLog,
            options.LogFile ?? "",
            options.LogLevel.Name,
            Text(options.Timeouts.Head),
            Text(options.Timeouts.Idle),
            Text(options.Timeouts.Send),
            Text(options.Timeouts.Content),
            Text(options.Limits.RequestLineBytes),
            Text(options.Limits.HeadBytes),
            Text(options.Limits.Fields),
            Text(options.Limits.BodyBytes),
        ];

    public static ServerOptions Read(ReadOnlySpan<string> arguments) =>
        new()
        {
            Root = arguments[0],
            AccessLog = arguments[1],
            LogFile = arguments[2] is [] ? null : arguments[2],
            LogLevel = LogLevel.FromString(arguments[3]),
            Timeouts = new HttpTimeouts
            {
                Head = Time(arguments[4]),
                Idle = Time(arguments[5]),
                Send = Time(arguments[6]),
                Content = Time(arguments[7]),
            },
            Limits = new RequestLimits
            {
                RequestLineBytes = (int)Number(arguments[8]),
                HeadBytes = (int)Number(arguments[9]),
                Fields = (int)Number(arguments[10]),
                BodyBytes = Number(arguments[11]),
            },
        };

    private static string Text(TimeSpan time) => Text(time.Ticks);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static TimeSpan Time(string text) => TimeSpan.FromTicks(Number(text));

    private static long Number(string text) => long.Parse(text, CultureInfo.InvariantCulture);
}
