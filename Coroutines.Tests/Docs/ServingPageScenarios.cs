using System.Globalization;
using System.Text.RegularExpressions;
using global::Server.Host;
using global::Server.Host.Files;
using global::Server.Host.Http;

namespace Coroutines.Tests.Docs;

/// <summary>Feature: what the page about serving a folder says of options and fields is so.</summary>
public sealed partial class ServingPageScenarios
{
    private static string Page => Repository.Page("docs/serving.md").Text.ReplaceLineEndings("\n");

    [Test]
    public void Its_commands_are_understood()
    {
        var commands = Command().Matches(Page).Select(command => command.Groups["arguments"].Value).ToList();
        commands.Count.ShouldBe(4);
        foreach (var command in commands)
        {
            using var error = new StringWriter(CultureInfo.InvariantCulture);
            var line = new CommandLine(_ => 0, TextWriter.Null, error, new Dictionary<string, string>());
            line.Run([.. Argument().Matches(command).Select(Unquoted)]).ShouldBe(0, error.ToString());
        }
    }

    [Test]
    public void It_shows_the_security_fields()
    {
        foreach (var (name, value) in SecurityFields.All)
            Page.ShouldContain($"| `{name}` | `{value}` |");
    }

    [Test]
    public void It_knows_the_limits()
    {
        var limits = new FileCacheLimits();
        FileCacheLimits.MinCompressedBytes.ShouldBe(1_000);
        limits.MaxCompressedBytes.ShouldBe(10_000_000);
        limits.OnLoop.MaxCompressedBytes.ShouldBe(64 * 1024);
        (limits.CapacityBytes / ServerOptions.DefaultMaxThreads / 1024).ShouldBe(65);
    }

    private static string Unquoted(Match argument) => argument.Value.Trim('\'', '"');

    [GeneratedRegex("^dotnet run --project Server.Host -- (?<arguments>.*)$", RegexOptions.Multiline)]
    private static partial Regex Command();

    [GeneratedRegex("'[^']*'|\"[^\"]*\"|\\S+")]
    private static partial Regex Argument();
}
