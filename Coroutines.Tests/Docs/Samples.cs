namespace Coroutines.Tests.Docs;

/// <summary>The code between <c>// sample: name</c> and <c>// end sample</c> in the sources of this folder.</summary>
/// <remarks>A sample may have several pieces of one name in one file; they are joined by an empty line.</remarks>
internal static class Samples
{
    private const string Begin = "// sample: ";
    private const string End = "// end sample";

    public static IReadOnlyDictionary<string, string> Read(string folder)
    {
        var samples = new Dictionary<string, string>();
        foreach (var file in Directory.GetFiles(folder, "*.cs").Order(StringComparer.Ordinal))
            Read(File.ReadAllLines(file), samples);
        return samples;
    }

    private static void Read(string[] lines, Dictionary<string, string> samples)
    {
        for (var i = 0; i < lines.Length; i++)
        {
            var line = lines[i].Trim();
            if (!line.StartsWith(Begin, StringComparison.Ordinal))
                continue;
            var end = Array.FindIndex(lines, i, other => other.Trim() == End);
            end.ShouldBeGreaterThan(i, $"'{line}' must be followed by '{End}'.");
            var (name, piece) = (line[Begin.Length..], Dedented.Of(lines[(i + 1)..end]));
            samples[name] = samples.TryGetValue(name, out var earlier) ? $"{earlier}\n\n{piece}" : piece;
            i = end;
        }
    }
}
