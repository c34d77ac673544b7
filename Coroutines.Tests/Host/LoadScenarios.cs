using System.Text.RegularExpressions;

namespace Coroutines.Tests.Host;

/// <summary>Feature: under load, no client is refused and none gets a wrong answer.</summary>
[TestFixtureSource(typeof(Pollers), nameof(Pollers.Plain))]
public sealed partial class LoadScenarios(string poller)
{
    [Test]
    public void Wrk_sees_no_error()
    {
        using var folder = new SiteFolder();
        folder.WriteBytes("index.html", 1_000);
        using var server = ServerProcess.Serve(folder.Path, "--poller", poller);

        var report = Tool.Run("wrk", "-t1", "-c256", "-d2s", server.Address).Text;

        report.ShouldNotContain("Socket errors:");
        report.ShouldNotContain("Non-2xx");
        int.Parse(Requests().Match(report).Groups[1].ValueSpan).ShouldBeGreaterThan(1_000);
        TestContext.Out.WriteLine(report);
    }

    [GeneratedRegex(@"(\d+) requests in")]
    private static partial Regex Requests();
}
