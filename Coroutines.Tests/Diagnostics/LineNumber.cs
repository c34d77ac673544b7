using System.Text.RegularExpressions;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Texts in which lines of a source are named, for comparisons that don't depend on where code stands.</summary>
internal static partial class LineNumber
{
    /// <summary>The text with <c>N</c> for each line, and without what an optimised build adds.</summary>
    public static string Aside(string text) =>
        Number()
            .Replace(text, ".cs:N")
            .Replace(" (optimised: some locals may be missing)", "", StringComparison.Ordinal);

    [GeneratedRegex(@"\.cs:\d+")]
    private static partial Regex Number();
}
