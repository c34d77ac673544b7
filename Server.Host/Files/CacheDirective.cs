using System.Globalization;
using System.Text;
using Server.Host.Http;

namespace Server.Host.Files;

/// <summary>One directive of a Cache-Control field of an answer.</summary>
/// <remarks>RFC 9111, section 5.2.2; RFC 5861 (stale-...); RFC 8246 (immutable). A directive that isn't known is refused,
/// though caches would ignore it: it is a slip, most likely.</remarks>
/// <param name="Text">As it was written.</param>
/// <param name="Name">In small letters.</param>
/// <param name="Argument">What stands behind its '='; null if there is none.</param>
internal readonly record struct CacheDirective(string Text, string Name, string? Argument)
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

    private static readonly string[] WithNames = ["no-cache", "private"];

    /// <summary>Whether it is about the whole answer, and asks for anything: <c>max-age=0</c> doesn't.</summary>
    public bool Holds => Argument is null || (WithSeconds.Contains(Name) && Argument.Trim('0').Length > 0);

    /// <param name="text">The directive, without blanks around it.</param>
    public static CacheDirective Read(string text)
    {
        var middle = text.IndexOf('=', StringComparison.Ordinal);
        var name = middle < 0 ? text : text[..middle];
        return new(text, name.ToLowerInvariant(), middle < 0 ? null : text[(middle + 1)..]);
    }

    /// <summary>What is wrong with it; null if nothing is.</summary>
    public string? WhyNot()
    {
        if (Text.Length == 0)
            return "has an empty directive";
        if (WithSeconds.Contains(Name))
            return WhyNotSeconds();
        if (!Plain.Contains(Name) || (Argument is not null && !WithNames.Contains(Name)))
            return $"has the unknown directive '{Text}'";
        return Argument is null || AreNames(Argument) ? null : $"must have names of fields, in quotes, in '{Text}'";
    }

    // RFC 9111, section 1.2.2: recipients need not keep more. No quotes: sections 5.2.2.1 and 5.2.2.10.
    private string? WhyNotSeconds()
    {
        if (Argument is null)
            return $"has '{Text}' without its seconds";
        return int.TryParse(Argument, NumberStyles.None, CultureInfo.InvariantCulture, out _)
            ? null
            : $"must have 0 to {int.MaxValue} seconds in '{Text}'";
    }

    // Quotes also around one alone: sections 5.2.2.4 and 5.2.2.7.
    private static bool AreNames(string argument) =>
        argument is ['"', .. var names, '"'] && names.Split(',').All(name => IsToken(name.Trim(' ')));

    private static bool IsToken(string name) =>
        name.Length > 0 && !Encoding.UTF8.GetBytes(name).AsSpan().ContainsAnyExcept(Octets.Token);
}
