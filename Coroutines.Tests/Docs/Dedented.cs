namespace Coroutines.Tests.Docs;

/// <summary>Text without the indentation that all of its lines share.</summary>
internal static class Dedented
{
    public static string Of(IEnumerable<string> lines)
    {
        var trimmed = lines.Select(line => line.TrimEnd()).ToArray();
        var indentation = trimmed.Where(line => line.Length > 0).Select(IndentationOf).DefaultIfEmpty().Min();
        return string.Join('\n', trimmed.Select(line => line.Length > 0 ? line[indentation..] : line)).Trim('\n');
    }

    private static int IndentationOf(string line) => line.Length - line.TrimStart().Length;
}
