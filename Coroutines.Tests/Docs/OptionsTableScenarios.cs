using System.Text.RegularExpressions;
using global::Server.Host;

namespace Coroutines.Tests.Docs;

/// <summary>Feature: the table of options on the first page says what <c>--help</c> says.</summary>
[NonParallelizable] // the command line writes to the console
public sealed partial class OptionsTableScenarios
{
    private readonly TextWriter console = Console.Out;
    private readonly StringWriter help = new();

    [TearDown]
    public void Restore()
    {
        Console.SetOut(console);
        help.Dispose();
    }

    [Test]
    public void It_has_the_options_and_the_defaults_of_the_command_line()
    {
        var page = Repository.Page("README.md").Text.ReplaceLineEndings("\n");
        var table = page.Split("\n## ").Single(section => section.StartsWith("The server\n", StringComparison.Ordinal));
        var documented = Row().Matches(table).Select(row => (NameIn(row), DefaultIn(row)));
        var known = Entry().Matches(Help()).Select(entry => (NameIn(entry), DefaultIn(entry)));
        documented.ShouldBe(known);
    }

    private static string NameIn(Match match) => match.Groups["name"].Value;

    private static string DefaultIn(Match match) => match.Groups["default"].Value;

    private string Help()
    {
        Console.SetOut(help);
        new CommandLine(_ => throw new InvalidOperationException("--help serves nothing.")).Run(["--help"]).ShouldBe(0);
        var options = help.ToString().ReplaceLineEndings("\n").Split("\nCommands:\n")[0];
        return Continuation().Replace(options, " ");
    }

    // | `--grace <seconds>` | 10 | ... |, and for arguments | `port` | 30000 | ... |
    [GeneratedRegex(@"^\| `(?<name>[\w-]+)[^`]*` +\| *`?(?<default>[^|`]*?)`? *\|", RegexOptions.Multiline)]
    private static partial Regex Row();

    // '  --grace <seconds>  ... [default: 10]', and for arguments '  <port>  ... [default: 30000]'
    [GeneratedRegex(
        @"^  (?:-\?, -h, )?<?(?<name>--[\w-]+|\w+)>?(?: <[^>]*>)?  .*?(?:\[default: (?<default>[^\]]*)\])?$",
        RegexOptions.Multiline
    )]
    private static partial Regex Entry();

    // On a narrow terminal a description goes on in the next line.
    [GeneratedRegex(@"\n {6,}")]
    private static partial Regex Continuation();
}
