namespace Server.Host.Files;

/// <summary>Checks the value of a Cache-Control field of an answer (RFC 9111, section 5.2.2).</summary>
/// <remarks>Of directives that conflict, the most restrictive is to be honoured (section 4.2.1): so the other one is a slip.
/// </remarks>
internal static class CacheDirectives
{
    private static readonly (string One, string[] Others)[] Conflicts =
    [
        ("no-store", ["public", "immutable", "max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"]),
        ("no-cache", ["immutable", "max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"]),
        ("private", ["public", "s-maxage"]),
        ("must-revalidate", ["stale-while-revalidate", "stale-if-error"]),
    ];

    /// <summary>What is wrong with a value; null if nothing is.</summary>
    public static string? WhyNot(string value)
    {
        var directives = Split(value).Select(text => CacheDirective.Read(text.Trim())).ToList();
        return directives.Select(directive => directive.WhyNot()).FirstOrDefault(why => why is not null)
            ?? WhyNotTogether(directives);
    }

    private static string? WhyNotTogether(List<CacheDirective> directives)
    {
        if (directives.CountBy(directive => directive.Name).FirstOrDefault(one => one.Value > 1).Key is { } repeated)
            return $"says '{repeated}' twice";
        var names = directives.Where(directive => directive.Holds).Select(directive => directive.Name).ToHashSet();
        return names.Contains("must-understand") ? WhyNotUnderstood(names) : WhyNotBoth(names);
    }

    // Who knows must-understand ignores no-store, and goes by the others (section 5.2.2.3).
    private static string? WhyNotUnderstood(HashSet<string> names) =>
        names.Remove("no-store")
            ? WhyNotBoth(names)
            : "says 'must-understand' without the 'no-store' for who doesn't know it";

    private static string? WhyNotBoth(HashSet<string> names)
    {
        foreach (var (one, others) in Conflicts)
            if (names.Contains(one) && Array.Find(others, names.Contains) is { } other)
                return $"says both '{one}' and '{other}'";
        return null;
    }

    // A comma between quotes separates names of fields, not directives.
    private static IEnumerable<string> Split(string value)
    {
        var (start, isQuoted) = (0, false);
        for (var at = 0; at < value.Length; at++)
        {
            isQuoted ^= value[at] == '"';
            if (isQuoted || value[at] != ',')
                continue;
            yield return value[start..at];
            start = at + 1;
        }
        yield return value[start..];
    }
}
