using System.Reflection;
using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>The lines at which a coroutine of the server or of the library can stand: those with a <c>yield return</c>.
/// </summary>
internal sealed class YieldLines
{
    private readonly Lazy<ILookup<string, int>> lines = new(Read);

    /// <summary>Why nobody will ever stand at a line; null if somebody may.</summary>
    /// <param name="place">The line, such as <c>HttpConnection.cs:48</c>.</param>
    public string? Refusal(string place)
    {
        var (file, line) = (place[..place.LastIndexOf(':')], place[(place.LastIndexOf(':') + 1)..]);
        if (lines.Value.Count == 0)
            return "This program was compiled natively, and knows no lines; for example url~/big.";
        if (!lines.Value.Contains(file))
            return $"There is no source '{file}' with a 'yield return'; for example HttpConnection.cs.";
        return lines.Value[file].Any(known => $"{known}" == line)
            ? null
            : $"Nobody ever stands at {place}; the lines with a 'yield return' are {string.Join(", ", lines.Value[file].Order())}.";
    }

    private static ILookup<string, int> Read() =>
        ((Assembly[])[typeof(YieldLines).Assembly, typeof(Scheduler).Assembly])
            .SelectMany(SourceDocument.Of)
            .SelectMany(LinesOf)
            .ToLookup(one => one.File, one => one.Line);

    private static IEnumerable<(string File, int Line)> LinesOf(SourceDocument document) =>
        (document.ReadText() ?? "")
            .Split('\n')
            .Index()
            .Where(line => line.Item.Contains("yield return", StringComparison.Ordinal))
            .Select(line => (document.Name, line.Index + 1));
}
