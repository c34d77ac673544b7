using System.Text.RegularExpressions;

namespace Coroutines.Tests.Docs;

/// <summary>A page as people read it: its code blocks, its links, its headings.</summary>
/// <param name="Path">Where it is, from the top of the repository.</param>
/// <param name="Text">Its Markdown.</param>
internal sealed partial record MarkdownPage(string Path, string Text)
{
    private const string Fence = "```";

    // All that a renderer takes for C#; none of them gets by.
    private static readonly string[] CodeFences = ["```csharp", "```cs", "```c#"];

    private string[] Lines => Text.ReplaceLineEndings("\n").Split('\n');

    /// <summary>The blocks of C#, each with the sample that it claims to be.</summary>
    public IEnumerable<CodeBlock> CodeBlocks()
    {
        var lines = Lines;
        for (var i = 0; i < lines.Length; i++)
        {
            if (!CodeFences.Contains(lines[i].Trim(), StringComparer.OrdinalIgnoreCase))
                continue;
            var end = Array.FindIndex(lines, i + 1, line => line.Trim() == Fence);
            var claim = SampleComment().Match(i > 0 ? lines[i - 1] : "");
            var name = claim.Success ? claim.Groups["name"].Value : null;
            yield return new CodeBlock(Path, i + 1, name, Dedented.Of(lines[(i + 1)..end]));
            i = end;
        }
    }

    /// <summary>The targets of its links and pictures, but those on the web.</summary>
    public IEnumerable<string> RelativeLinks() =>
        Link()
            .Matches(WithoutCode())
            .Select(link => link.Groups["target"].Value)
            .Where(target => !target.Contains("://", StringComparison.Ordinal));

    /// <summary>The anchors of its headings, as GitHub makes them.</summary>
    public IEnumerable<string> Anchors() =>
        WithoutCode()
            .Split('\n')
            .Where(line => line.StartsWith('#'))
            .Select(line =>
                NotInAnchors().Replace(line.TrimStart('#').Trim().ToLowerInvariant(), "").Replace(' ', '-')
            );

    /// <summary>The page's name in a test's.</summary>
    public override string ToString() => Path;

    private string WithoutCode()
    {
        var isCode = false;
        var kept = new List<string>();
        foreach (var line in Lines)
        {
            if (line.TrimStart().StartsWith(Fence, StringComparison.Ordinal))
                isCode = !isCode;
            else if (!isCode)
                kept.Add(line);
        }
        return string.Join('\n', kept);
    }

    [GeneratedRegex(@"^\s*<!-- sample: (?<name>[\w-]+) -->\s*$")]
    private static partial Regex SampleComment();

    [GeneratedRegex(@"\]\((?<target>[^)\s]+)\)|(?:src|href|srcset)=""(?<target>[^""]+)""")]
    private static partial Regex Link();

    [GeneratedRegex(@"[^\w\- ]")]
    private static partial Regex NotInAnchors();
}
