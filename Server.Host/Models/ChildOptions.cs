using System.Globalization;
using NLog;
using Server.Host.Files;
using Server.Host.Http;

namespace Server.Host.Models;

// What one method writes the other reads, in the same order.

/// <summary>What a child must know of its parent's options, as arguments.</summary>
internal static class ChildOptions
{
    private const char Separator = '\n'; // which stands in none of the texts

    public static IEnumerable<string> Of(ServerOptions options) =>
        [
            Path.GetFullPath(options.Root),
            Text((int)options.Links),
            options.AccessLog,
            options.AccessLogFormat,
            options.LogFile ?? "",
            options.LogLevel.Name,
            Text(options.Timeouts.Head),
            Text(options.Timeouts.Idle),
            Text(options.Timeouts.Send),
            Text(options.Timeouts.Content),
            Text(options.Timeouts.MinReceiveRate),
            Text(options.Timeouts.MinSendRate),
            Text(options.Timeouts.RateGrace),
            Text(options.Limits.RequestLineBytes),
            Text(options.Limits.HeadBytes),
            Text(options.Limits.Fields),
            Text(options.Limits.BodyBytes),
            Text(options.Limits.Requests),
            string.Join(Separator, options.CacheRules),
            string.Join(Separator, options.Headers),
            Text(options.HasSecurityHeaders ? 1 : 0),
            Text(options.Files.MaxCompressedBytes),
            Text(options.Files.CapacityBytes),
        ];

    public static ServerOptions Read(ReadOnlySpan<string> arguments)
    {
        var next = arguments.GetEnumerator();
        return new()
        {
            Root = Next(ref next),
            Links = (FollowedLinks)Number(ref next),
            AccessLog = Next(ref next),
            AccessLogFormat = Next(ref next),
            LogFile = Next(ref next) is { Length: > 0 } path ? path : null,
            LogLevel = LogLevel.FromString(Next(ref next)),
            Timeouts = new HttpTimeouts
            {
                Head = Time(ref next),
                Idle = Time(ref next),
                Send = Time(ref next),
                Content = Time(ref next),
                MinReceiveRate = (int)Number(ref next),
                MinSendRate = (int)Number(ref next),
                RateGrace = Time(ref next),
            },
            Limits = new RequestLimits
            {
                RequestLineBytes = (int)Number(ref next),
                HeadBytes = (int)Number(ref next),
                Fields = (int)Number(ref next),
                BodyBytes = Number(ref next),
                Requests = (int)Number(ref next),
            },
            CacheRules = Texts(Next(ref next)),
            Headers = Texts(Next(ref next)),
            HasSecurityHeaders = Number(ref next) != 0,
            Files = new FileCacheLimits
            {
                MaxCompressedBytes = (int)Number(ref next),
                CapacityBytes = Number(ref next),
            },
        };
    }

    private static string[] Texts(string text) => text.Split(Separator, StringSplitOptions.RemoveEmptyEntries);

    private static string Text(TimeSpan time) => Text(time.Ticks);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Next(ref ReadOnlySpan<string>.Enumerator arguments) =>
        arguments.MoveNext()
            ? arguments.Current
            : throw new ArgumentException("A child is told as many options as it asks for.");

    private static TimeSpan Time(ref ReadOnlySpan<string>.Enumerator arguments) =>
        TimeSpan.FromTicks(Number(ref arguments));

    private static long Number(ref ReadOnlySpan<string>.Enumerator arguments) =>
        long.Parse(Next(ref arguments), CultureInfo.InvariantCulture);
}
