using System.Globalization;

namespace Coroutines.Exploring;

/// <summary>A witness as text.</summary>
internal sealed class WitnessTable(IReadOnlyList<WitnessStep> steps, Listing listing)
{
    private const int MaxWidth = 100;
    private const int MinCodeWidth = 24;
    private const string Gap = "  ";

    private string[] Names => [.. steps.SelectMany(step => step.Values).Select(value => value.Key).Distinct()];

    public override string ToString()
    {
        string[] header = ["", "who", "step", .. Names];
        var rows = steps.Select(Row).Prepend(header).ToArray();
        var widths = Enumerable.Range(0, header.Length).Select(i => rows.Max(row => row[i].Length)).ToArray();
        widths[2] = Math.Min(widths[2], Math.Max(MinCodeWidth, MaxWidth - WidthBeside(widths)));
        return string.Join('\n', rows.Select(row => Line(row, widths)));
    }

    private static int WidthBeside(int[] widths) => widths.Sum() - widths[2] + (Gap.Length * (widths.Length - 1));

    private static string Line(string[] row, int[] widths) =>
        string.Join(Gap, row.Select((cell, i) => i == 0 ? cell.PadLeft(widths[i]) : Fit(cell, widths[i]))).TrimEnd();

    private static string Fit(string cell, int width) =>
        cell.Length <= width ? cell.PadRight(width) : cell[..(width - 3)] + "...";

    private string[] Row(WitnessStep step) =>
        [
            step.Number.ToString(CultureInfo.InvariantCulture),
            step.Who,
            Text(step),
            .. Names.Select(name => step.Values.FirstOrDefault(value => value.Key == name).Value ?? ""),
        ];

    // The part comes before the code, which may be cut.
    private string Text(WitnessStep step)
    {
        var label = listing.Has(step.Step.Label) ? step.Step.Label + " " : "";
        var part = step.Step.Part.Length > 0 ? step.Step.Part + ": " : "";
        return label + part + step.Code;
    }
}
