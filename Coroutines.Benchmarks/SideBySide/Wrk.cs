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

    /// <summary>Asks a server for its work for a while.</summary>
    /// <exception cref="MissingException">There were errors, or answers of another kind.</exception>
    public static Answered Run(RunningPeer peer, TimeSpan duration)
    {
        var work = peer.Work;
        var seconds = Math.Max(1, (int)duration.TotalSeconds);
        var report = Programs.Run(
            "taskset",
            GetIt,
            [
                .. (string[])["-c", Core, "wrk", "-t1", $"-c{work.Connections}", $"-d{seconds}s", "--timeout", "10s"],
                .. (string[])["-s", PeerFolder.Script, $"http://{peer.Address}{work.Path}"],
                .. (string[])["--", work.Method, $"{work.Depth}"],
                .. peer.Fields.SelectMany(field => (string[])[field.Name, field.Value]),
            ]
        );
        var told = Told().Match(report);
        var isWrong = work.Status < 400 && Number(told, "refused") > 0;
        return told.Success && !isWrong && Number(told, "broken") == 0
            ? new(Number(told, "requests"), Number(told, "bytes"))
            : throw new MissingException($"{peer.Name}, {work.Name}:\n{report}");
    }

    private static long Number(Match told, string group) =>
        long.Parse(told.Groups[group].ValueSpan, CultureInfo.InvariantCulture);

    // What load.lua writes at its end.
    [GeneratedRegex(
        "^answered (?<requests>[0-9]+) bytes (?<bytes>[0-9]+) refused (?<refused>[0-9]+) broken (?<broken>[0-9]+)$",
        RegexOptions.Multiline
    )]
    private static partial Regex Told();
}
