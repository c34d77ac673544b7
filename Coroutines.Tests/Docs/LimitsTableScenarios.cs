using System.CommandLine;
using System.Globalization;
using System.Text.RegularExpressions;
using global::Server.Host.Configuration;

namespace Coroutines.Tests.Docs;

/// <summary>Feature: the table of limits has every limit, with its default.</summary>
public sealed partial class LimitsTableScenarios
{
    private static readonly string[] NoLimits = ["--grace", "--drain-delay"];

    [Test]
    public void It_has_the_limits_of_the_command_line_and_their_defaults()
    {
        IEnumerable<Option> options = [.. new LimitArguments().Options, .. new TimeoutArguments().Options];
        var known = options
            .Where(option => !NoLimits.Contains(option.Name))
            .Select(option => (option.Name, DefaultOf(option)));
        var page = Repository.Page("docs/operating.md").Text.ReplaceLineEndings("\n");
        var documented = Row()
            .Matches(page)
            .Select(row => (row.Groups["name"].Value, Number(row.Groups["default"].Value)));
        documented.ShouldBe(known, ignoreOrder: true);
    }

    private static double DefaultOf(Option option) =>
        Convert.ToDouble(option.GetDefaultValue(), CultureInfo.InvariantCulture);

    // '10,000', '8,192 bytes', '10 s', '1 MiB', 'none'
    private static double Number(string text) =>
        text switch
        {
            "none" => 0,
            "1 MiB" => 1 << 20,
            _ => double.Parse(
                text.Split(' ')[0].Replace(",", "", StringComparison.Ordinal),
                CultureInfo.InvariantCulture
            ),
        };

    // | `--max-head` | 32,768 bytes | ...
    [GeneratedRegex(@"^\| `(?<name>--[\w-]+)` \| (?<default>[^|]+?) \|.*\|.*\|.*\|$", RegexOptions.Multiline)]
    private static partial Regex Row();
}
