using System.Text.RegularExpressions;

namespace Coroutines.Exploring;

/// <summary>The source of a model: lines of code, of which those that are steps begin with a label, such as <c>M1</c>.
/// </summary>
internal sealed partial class Listing
{
    private readonly Dictionary<string, string> lines = [];

    public Listing(string text)
    {
        Text = text.ReplaceLineEndings("\n");
        foreach (Match line in Labelled().Matches(Text))
            lines.Add(line.Groups["label"].Value, line.Groups["code"].Value);
    }

    public string Text { get; }

    /// <summary>The code of a label; of what isn't a label, itself.</summary>
    public string CodeOf(string label) => lines.GetValueOrDefault(label, label);

    public bool Has(string label) => lines.ContainsKey(label);

    // A comment at the end of a line isn't part of the step.
    [GeneratedRegex(@"^(?<label>[A-Z]\d+) +(?<code>.*?) *(?:/\*.*\*/)? *$", RegexOptions.Multiline)]
    private static partial Regex Labelled();
}
