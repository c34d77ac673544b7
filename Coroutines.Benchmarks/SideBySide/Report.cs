using System.Globalization;
using System.Runtime.InteropServices;
using Server.Host.Comparing;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Writes what was measured: a table as text, Markdown and CSV, and a plot.</summary>
internal sealed class Report(IReadOnlyList<Peer> peers, IReadOnlyList<WorkResult> results)
{
    private const string Unknown = "-";

    /// <summary>Writes it to the console, and into a folder.</summary>
    public void Write(string folder)
    {
        var table = Table();
        Console.WriteLine($"\n{table.ToText()}\n{Circumstances()}");
        File.WriteAllText(Path.Combine(folder, "side-by-side.md"), $"{table.ToMarkdown()}\n{Circumstances()}\n");
        File.WriteAllText(Path.Combine(folder, "side-by-side.csv"), table.ToCsv());
        Plots.Write(
            Plots.Bars(
                "Processor time, as a multiple of nginx's",
                results.Select(result => (result.Work.Name, Median(result)))
            ),
            Path.Combine(folder, "side-by-side.svg")
        );
        Console.WriteLine($"Written: {Path.GetFullPath(folder)}");
    }

    private WorkResult? First => results.FirstOrDefault(result => result.Work == Work.All[0]);

    private static double? Median(WorkResult result) => result.RatioTo(PeerName.Nginx)?.Median;

    private Table Table()
    {
        var others = peers.Where(peer => peer.Name != PeerName.Ours).Select(peer => peer.Name).ToList();
        var table = new Table([
            "work",
            "us per",
            .. peers.Select(peer => peer.Name),
            .. others.Select(other => $"ours / {other}"),
            "target",
            "met",
        ]);
        foreach (var result in results)
            table.Add([
                result.Work.Name,
                result.Work.Unit,
                .. peers.Select(peer => Text(result.CostOf(peer.Name))),
                .. others.Select(other => Text(result.RatioTo(other))),
                string.Join("; ", result.Work.Targets),
                Verdict(result),
            ]);
        return table;
    }

    private string Verdict(WorkResult result)
    {
        var known = result.Work.Targets.Select(target => (target, ratio: RatioOf(result, target.Of))).ToList();
        return known.Exists(one => one.ratio is null) ? Unknown
            : known.TrueForAll(one => one.ratio <= one.target.Ratio) ? "yes"
            : "no";
    }

    private double? RatioOf(WorkResult result, string other) =>
        other == PeerName.First
            ? result.CostOf(PeerName.Ours) / First?.CostOf(PeerName.Ours)
            : result.RatioTo(other)?.Median;

    private static string Text(double? cost) =>
        cost is { } known ? known.ToString("0.0", CultureInfo.InvariantCulture) : Unknown;

    private static string Text((double Median, double Least, double Greatest)? ratio) =>
        ratio is { } known
            ? string.Create(
                CultureInfo.InvariantCulture,
                $"{known.Median:0.00} ({known.Least:0.00}-{known.Greatest:0.00})"
            )
            : Unknown;

    private string Circumstances() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} processors ({Processor()}); {RuntimeInformation.OSDescription};
            {string.Join(", ", peers.Select(peer => $"{peer.Name}: {peer.Version}"))}; load average {File.ReadAllText(
                "/proc/loadavg"
            ).Split("\t")[0]}.
            """
        );

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1]
            .Trim()
        ?? "unknown";
}
