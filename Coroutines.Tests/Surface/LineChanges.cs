namespace Coroutines.Tests.Surface;

/// <summary>Which lines went and which came between two texts, each below the last line that stayed.</summary>
internal static class LineChanges
{
    /// <summary>The lines that only one text has, in order: <c>- </c> before those of the old one, <c>+ </c> before those of
    /// the new one, and two spaces before the line that they follow.</summary>
    public static IEnumerable<string> Between(string[] before, string[] after)
    {
        var common = LengthsOfCommonRests(before, after);
        string? stayed = null;
        string? told = null;
        for (var (i, j) = (0, 0); i < before.Length || j < after.Length; )
        {
            if (i < before.Length && j < after.Length && before[i] == after[j])
            {
                stayed = before[i++];
                j++;
                continue;
            }
            if (stayed != told)
                yield return $"  {told = stayed}";
            var went = i < before.Length && (j == after.Length || common[i + 1, j] >= common[i, j + 1]);
            yield return went ? $"- {before[i++]}" : $"+ {after[j++]}";
        }
    }

    // common[i, j]: how many lines the rests from i and from j have in common, in order.
    private static int[,] LengthsOfCommonRests(string[] before, string[] after)
    {
        var common = new int[before.Length + 1, after.Length + 1];
        for (var i = before.Length - 1; i >= 0; i--)
        {
            for (var j = after.Length - 1; j >= 0; j--)
                common[i, j] =
                    before[i] == after[j] ? common[i + 1, j + 1] + 1 : Math.Max(common[i + 1, j], common[i, j + 1]);
        }
        return common;
    }
}
