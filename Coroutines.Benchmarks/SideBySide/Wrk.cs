using System.Globalization;
using System.Runtime.Versioning;
using System.Text.RegularExpressions;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>The load, from the second core.</summary>
[SupportedOSPlatform("linux")]
internal static partial class Wrk
{
    private const string Core = "1";
    private const string GetIt = "apt-get install wrk";

    /// <summary>Asks for a while; returns how many requests were answered.</summary>
    /// <exception cref="MissingException">There were errors, or answers of another kind.</exception>
    public static long Run(RunningPeer peer, Work work, TimeSpan duration)
    {
        var seconds = Math.Max(1, (int)duration.TotalSeconds);
        var report = Programs.Run(
            "taskset",
            GetIt,
            [
                .. (string[])["-c", Core, "wrk", "-t1", $"-c{work.Connections}", $"-d{seconds}s", "--timeout", "10s"],
                .. (string[])["-s", PeerFolder.Script, $"http://{peer.Address}{work.Path}"],
                .. (string[])["--", work.Method, $"{work.Depth}"],
                .. work.Fields.SelectMany(field => (string[])[field.Name, field.Value]),
            ]
        );
        Check(report, peer, work);
        return long.Parse(Requests().Match(report).Groups[1].ValueSpan, CultureInfo.InvariantCulture);
    }

    private static void Check(string report, RunningPeer peer, Work work)
    {
        var isWrong = work.Status < 400 && report.Contains("Non-2xx", StringComparison.Ordinal);
        if (isWrong || report.Contains("Socket errors", StringComparison.Ordinal))
            throw new MissingException($"{peer.Peer.Name}, {work.Name}:\n{report}");
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();
}
