using System.Text.RegularExpressions;
using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;
using Repository = Coroutines.Tests.Docs.Repository;

namespace Coroutines.Tests.Echo;

/// <summary>Feature: the lesson on the five echo servers tells how long they are.</summary>
[Platform("Linux")]
public sealed partial class CountedLinesScenarios
{
    private static readonly string[] Models = ["iterative", "processes", "threads", "events", "coroutines"];

    [Test]
    public void The_table_holds_what_the_script_counts()
    {
        var page = Repository.Page("docs/lessons/echo-five-ways.md").Text;
        var told = Row()
            .Matches(page)
            .Select(row => $"{row.Groups["model"]}: {row.Groups["all"]}, {row.Groups["protocol"]}");
        told.ShouldBe(Models.Select(Counted));
    }

    private static string Counted(string model)
    {
        var file = $"{char.ToUpperInvariant(model[0])}{model[1..]}Echo.cs";
        var path = Path.Combine(Repository.Root, "Server.Host", "Echo", file);
        var script = Path.Combine(Repository.Root, "docs", "lessons", "count-lines");
        var counts = Tool.Run("bash", script, path).Text.Split(' ');
        return $"{model}: {counts[0]}, {counts[1]}";
    }

    [GeneratedRegex(@"^\| `(?<model>\w+)` \| (?<all>\d+) \| (?<protocol>\d+) \|", RegexOptions.Multiline)]
    private static partial Regex Row();
}
