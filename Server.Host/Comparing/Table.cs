using System.Text;

namespace Server.Host.Comparing;

/// <summary>A table that is written for people or for programs. The first column is text, the others are numbers.</summary>
/// <param name="headers">A name for each column.</param>
internal sealed class Table(params string[] headers)
{
    private readonly List<string[]> rows = [];

    /// <summary>Adds a row with a cell for each column.</summary>
    public void Add(params string[] cells) => rows.Add(cells);

    /// <summary>Columns by blanks, for a terminal.</summary>
    public string ToText()
    {
        var widths = headers.Select((header, column) => rows.Append(headers).Max(row => row[column].Length)).ToArray();
        return Lines(
            rows.Prepend(headers),
            row => string.Join("  ", row.Select((cell, column) => Aligned(cell, column, widths[column]))).TrimEnd()
        );
    }

    public string ToMarkdown()
    {
        var rule = headers.Select((_, column) => column == 0 ? "---" : "---:").ToArray();
        return Lines([headers, rule, .. rows], row => $"| {string.Join(" | ", row)} |");
    }

    /// <summary>Comma-separated values (RFC 4180), but for the ends of lines.</summary>
    public string ToCsv() => Lines(rows.Prepend(headers), row => string.Join(',', row.Select(Quoted)));

    private static string Lines(IEnumerable<string[]> rows, Func<string[], string> line) =>
        rows.Aggregate(new StringBuilder(), (text, row) => text.Append(line(row)).Append('\n')).ToString();

    private static string Aligned(string cell, int column, int width) =>
        column == 0 ? cell.PadRight(width) : cell.PadLeft(width);

    private static string Quoted(string cell) =>
        cell.AsSpan().ContainsAny(",\"\n") ? $"\"{cell.Replace("\"", "\"\"", StringComparison.Ordinal)}\"" : cell;
}
