using System.Globalization;
using System.Runtime.InteropServices;
using System.Text;

namespace Server.Host.Comparing;

/// <summary>Writes what was measured: tables to the console, tables and plots into a folder.</summary>
/// <param name="options">What was measured.</param>
/// <param name="results">The results.</param>
internal sealed class ComparisonReport(CompareOptions options, IReadOnlyList<CandidateResult> results)
{
    private const string Markdown = "compare.md";

    private readonly Table loads = ComparisonTables.Loads(results);
    private readonly Table servers = ComparisonTables.Servers(results);

    /// <summary>Writes all of it.</summary>
    /// <param name="console">Where the tables are shown.</param>
    public void Write(TextWriter console)
    {
        console.WriteLine($"{loads.ToText()}\n{servers.ToText()}\n{NotMeasured()}");
        var plots = ComparisonPlots.Of(results).ToList();
        foreach (var (file, plot) in plots)
            Plots.Write(plot, PathOf(file));
        File.WriteAllText(PathOf("loads.csv"), loads.ToCsv());
        File.WriteAllText(PathOf("servers.csv"), servers.ToCsv());
        File.WriteAllText(PathOf(Markdown), Page(plots.Select(plot => (plot.File, plot.Plot.Title))));
        console.WriteLine($"Written with plots: {Path.GetFullPath(PathOf(Markdown))}");
    }

    private string Page(IEnumerable<(string File, string Title)> plots)
    {
        var page = new StringBuilder("# Comparison\n\n").Append(Circumstances());
        page.Append(CultureInfo.InvariantCulture, $"\n{loads.ToMarkdown()}\n{servers.ToMarkdown()}\n{NotMeasured()}");
        foreach (var (file, title) in plots)
            page.Append(CultureInfo.InvariantCulture, $"![{title}]({file})\n");
        return page.ToString();
    }

    private string Circumstances() =>
        string.Create(
            CultureInfo.InvariantCulture,
            $"""
            {DateTime.UtcNow:yyyy-MM-dd HH:mm} UTC; {Environment.ProcessorCount} processors; {RuntimeInformation.OSDescription};
            {RuntimeInformation.FrameworkDescription}, {(
                System.Runtime.CompilerServices.RuntimeFeature.IsDynamicCodeCompiled ? "compiled just in time" : "NativeAOT"
            )}; load average before: {LoadAverage}.
            Each load was counted for {options.Duration.TotalSeconds} s; at most {options.MaxProcesses} child processes.

            """
        );

    /// <summary>How busy the machine was already, over one, five and fifteen minutes.</summary>
    public required string LoadAverage { get; init; }

    private string NotMeasured() =>
        string.Concat(
            results.Where(result => result.Failure is not null).Select(result => $"{result.Name}: {result.Failure}\n")
        );

    private string PathOf(string file) => Path.Combine(options.Output, file);
}
