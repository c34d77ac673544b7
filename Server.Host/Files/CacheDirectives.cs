using System.Globalization;

namespace Server.Host.Files;

/// <summary>Checks the value of a Cache-Control field of an answer.</summary>
/// <remarks>RFC 9111, section 5.2.2; RFC 5861 (stale-...); RFC 8246 (immutable). A directive that isn't known is refused,
/// though caches would ignore it: it is a slip, most likely.</remarks>
internal static class CacheDirectives
{
    private static readonly string[] Plain =
    [
        "no-cache",
        "no-store",
        "no-transform",
        "must-revalidate",
        "must-understand",
        "proxy-revalidate",
        "public",
        "private",
        "immutable",
    ];

    private static readonly string[] WithSeconds = ["max-age", "s-maxage", "stale-while-revalidate", "stale-if-error"];

    /// <summary>What is wrong with a value; null if nothing is.</summary>
    public static string? WhyNot(string value)
    {
        foreach (var directive in value.Split(','))
            if (WhyNotOne(directive.Trim()) is { } wrong)
                return wrong;
        return null;
    }

    private static string? WhyNotOne(string directive)
    {
        if (directive.Length == 0)
            return "has an empty directive";
        var middle = directive.IndexOf('=', StringComparison.Ordinal);
        if (middle < 0)
            return Plain.Contains(directive) ? null : WhyNotPlain(directive);
        return WithSeconds.Contains(directive[..middle])
            ? WhyNotSeconds(directive[..middle], directive[(middle + 1)..])
            : $"has the unknown directive '{directive}'";
    }

    private static string WhyNotPlain(string directive) =>
        WithSeconds.Contains(directive)
            ? $"has '{directive}' without its seconds"
            : $"has the unknown directive '{directive}'";

    // RFC 9111, section 1.2.2: recipients need not keep more.
    private static string? WhyNotSeconds(string name, string seconds) =>
        int.TryParse(seconds, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : $"must have 0 to {int.MaxValue} seconds in '{name}={seconds}'";
}
