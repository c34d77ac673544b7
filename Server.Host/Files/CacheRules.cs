using System.Text;

namespace Server.Host.Files;

/// <summary>What is said in Cache-Control (RFC 9111, section 5.2), by the path of a file. The last rule that matches counts.
/// </summary>
/// <remarks>By default all is kept by clients, but asked about each time (<c>no-cache</c>): a change is seen at once, and
/// what hasn't changed costs a 304. Nothing is guessed from names: what a client was told to keep for a year can't be taken
/// back.</remarks>
internal sealed class CacheRules
{
    /// <summary>What holds for files that no rule matches.</summary>
    public const string Default = "no-cache";

    /// <summary>The value that means the field isn't sent.</summary>
    public const string Off = "off";

    private static readonly ReadOnlyMemory<byte> ByDefault = Encoding.ASCII.GetBytes(Default);

    private readonly List<(Glob Pattern, ReadOnlyMemory<byte> Value)> rules = [];

    /// <param name="rules">Each as <c>PATTERN=VALUE</c>, for which <see cref="WhyNot"/> knows no reason.</param>
    public CacheRules(IEnumerable<string> rules)
    {
        foreach (var rule in rules)
        {
            var (pattern, value) = Split(rule);
            this.rules.Insert(0, (new(pattern), value == Off ? default : Encoding.ASCII.GetBytes(value)));
        }
    }

    /// <summary>Why a text is no rule; null if it is one.</summary>
    public static string? WhyNot(string rule)
    {
        if (!rule.Contains('=', StringComparison.Ordinal))
            return "has no '=' between its pattern and its value";
        var (pattern, value) = Split(rule);
        return pattern.Length == 0 ? "has no pattern before the '='"
            : value == Off ? null
            : CacheDirectives.WhyNot(value);
    }

    /// <summary>The value for a file; empty if none is sent.</summary>
    /// <param name="path">The path of the file without its leading slash, in UTF-8.</param>
    public ReadOnlyMemory<byte> ValueFor(ReadOnlySpan<byte> path)
    {
        foreach (var (pattern, value) in rules)
            if (pattern.Matches(path))
                return value;
        return ByDefault;
    }

    private static (string Pattern, string Value) Split(string rule)
    {
        var middle = rule.IndexOf('=', StringComparison.Ordinal);
        return (rule[..middle].Trim(), rule[(middle + 1)..].Trim());
    }
}
