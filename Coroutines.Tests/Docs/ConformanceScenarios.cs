using System.Text.RegularExpressions;

namespace Coroutines.Tests.Docs;

/// <summary>Feature: docs/conformance.md names scenarios that there are.</summary>
public sealed partial class ConformanceScenarios
{
    [Test]
    public void Each_scenario_that_is_named_is_there()
    {
        var named = Scenario().Matches(Page()).Select(match => match.Groups[1].Value).Distinct().ToList();
        named.Count.ShouldBeGreaterThan(80);
        named.Except(Scenarios()).ShouldBeEmpty();
    }

    [Test]
    public void Each_requirement_has_a_scenario() =>
        Page()
            .Split('\n')
            .Where(line =>
                line.StartsWith("| ", StringComparison.Ordinal)
                && !line.StartsWith("| Section", StringComparison.Ordinal)
            )
            .Where(line => !line.StartsWith("| ---", StringComparison.Ordinal))
            .ShouldAllBe(line => Scenario().IsMatch(line));

    private static IEnumerable<string> Scenarios() =>
        typeof(ConformanceScenarios)
            .Assembly.GetTypes()
            .SelectMany(type => type.GetMethods().Select(method => $"{type.Name}.{method.Name}"));

    private static string Page() => File.ReadAllText(Path.Combine(Repository.Root, "docs", "conformance.md"));

    [GeneratedRegex(@"`(\w+(?:Scenarios|Properties)\.\w+)`")]
    private static partial Regex Scenario();
}
