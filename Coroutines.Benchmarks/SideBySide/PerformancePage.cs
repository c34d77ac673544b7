using System.Runtime.CompilerServices;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>The page of the documentation that shows what was measured.</summary>
internal static class PerformancePage
{
    private const string Begin = "<!-- written by side-by-side -->\n";
    private const string End = "<!-- end -->\n";

    /// <summary>Puts a report in the place of the last one.</summary>
    public static void Show(Report report)
    {
        var page = PathOf("performance.md");
        var text = File.ReadAllText(page);
        var begin = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length;
        var end = text.IndexOf(End, begin, StringComparison.Ordinal);
        File.WriteAllText(page, $"{text[..begin]}\n{report.ToMarkdown()}\n{text[end..]}");
        report.WriteFigures(PathOf("pictures"));
        Console.WriteLine($"Written: {page}");
    }

    private static string PathOf(string name, [CallerFilePath] string here = "") =>
        Path.GetFullPath(Path.Combine(Path.GetDirectoryName(here)!, "../../docs", name));
}
