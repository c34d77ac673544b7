using System.Globalization;
using System.Runtime.InteropServices;
using Server.Host.Comparing;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Writes what was measured: a table as text and Markdown, every round as CSV, and a plot.</summary>
internal sealed class Report(IReadOnlyList<Peer> peers, IReadOnlyList<RowResult> results)
{
    private const string Name = "side-by-side";
    private const string Unknown = "-";

    /// <summary>Writes it to the console, and into a folder.</summary>
    public void Write(string folder)
    {
        Console.WriteLine($"\n{Medians().ToText()}\n{Circumstances()}");
        File.WriteAllText(Path.Combine(folder, $"{Name}.md"), ToMarkdown());
        WriteFigures(folder);
        Console.WriteLine($"Written: {Path.GetFullPath(folder)}");
    }

    /// <summary>Writes every round, and a plot of what work costs.</summary>
    public void WriteFigures(string folder)
    {
        File.WriteAllText(Path.Combine(folder, $"{Name}.csv"), AllRounds().ToCsv());
        var bars = results
            .Where(result => Work.All.Any(work => work.Name == result.Name))
            .Select(result => (result.Name, Value: result.Ratio(PeerName.Ours, PeerName.Nginx)?.Median))
            .Where(bar => bar.Value is not null);
        Plots.Write(Plots.Bars("Processor time, as a multiple of nginx's", bars), Path.Combine(folder, $"{Name}.svg"));
    }

    /// <summary>The table, and in which circumstances it was measured.</summary>
    public string ToMarkdown() => $"{Medians().ToMarkdown()}\n{Circumstances()}\n";

    private Table Medians()
    {
        var table = new Table(["", "unit", .. peers.Select(peer => peer.Name), "target, at most", "measured", "met"]);
        foreach (var result in results)
        {
            string[] values = [result.Name, result.Unit, .. peers.Select(peer => Text(result.Of(peer.Name)?.Median))];
            foreach (var target in result.Targets)
            {
                table.Add([.. values, .. Verdict(result, target)]);
                Array.Fill(values, "");
            }
        }
        return table;
    }

    private static string[] Verdict(RowResult result, Target target) =>
        result.Beside(target) is { } measured
            ? [target.Text(result.Unit), $"{measured}", measured.Median <= target.AtMost ? "yes" : "**no**"]
            : [target.Text(result.Unit), Unknown, Unknown];

    private Table AllRounds()
    {
        var table = new Table("measurement", "unit", "server", "round", "value");
        foreach (var result in results)
            for (var round = 0; round < result.Rounds.Count; round++)
                foreach (var (server, value) in result.Rounds[round])
                    table.Add(
                        result.Name,
                        result.Unit,
                        server,
                        $"{round + 1}",
                        value.ToString("0.###", CultureInfo.InvariantCulture)
                    );
        return table;
    }

    private static string Text(double? value) =>
        value is { } known ? known.ToString("#,0.0", CultureInfo.InvariantCulture) : Unknown;

    private string Circumstances() =>
        $"""
            {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} processors ({Processor()}), load average {LoadAverage()};
            {RuntimeInformation.OSDescription}, Linux {Environment.OSVersion.Version}, TCP by {CongestionControl()};
            {string.Join(", ", peers.Select(peer => $"{peer.Name}: {peer.Version}"))}.
            """;

    private static string LoadAverage() => string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ').Take(3));

    private static string CongestionControl() =>
        File.ReadAllText("/proc/sys/net/ipv4/tcp_congestion_control").TrimEnd();

    private static string Processor() =>
        File.ReadLines("/proc/cpuinfo")
            .FirstOrDefault(line => line.StartsWith("model name", StringComparison.Ordinal))
            ?.Split(':')[1]
            .Trim()
        ?? "unknown";
}
