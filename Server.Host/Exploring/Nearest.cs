namespace Server.Host.Exploring;

/// <summary>What somebody may have meant.</summary>
internal static class Nearest
{
    /// <summary>The word with the fewest letters to insert, remove or replace.</summary>
    public static string To(string word, IEnumerable<string> words) => words.MinBy(other => Distance(word, other))!;

    // Levenshtein's, a row at a time.
    private static int Distance(string from, string to)
    {
        var row = Enumerable.Range(0, to.Length + 1).ToArray();
        for (var i = 0; i < from.Length; i++)
        {
            var diagonal = row[0]++;
            for (var j = 0; j < to.Length; j++)
            {
                var replaced = diagonal + (from[i] == to[j] ? 0 : 1);
                diagonal = row[j + 1];
                row[j + 1] = Math.Min(replaced, Math.Min(row[j], diagonal) + 1);
            }
        }
        return row[^1];
    }
}
