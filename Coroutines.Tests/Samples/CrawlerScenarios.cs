using System.Diagnostics;
using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Samples;

/// <summary>Feature: the sample crawler.</summary>
public sealed class CrawlerScenarios
{
    private static SampleProgram program = null!;

    [OneTimeSetUp]
    public static void Build() => program = SampleProgram.Build("crawler");

    [OneTimeTearDown]
    public static void Delete() => program.Dispose();

    [Test]
    public void It_finds_every_page_of_the_site()
    {
        using var server = ServerProcess.Serve(Repository.Site);
        using var crawler = program.Start("4", "60", server.Address);
        crawler.WaitForExit().ShouldBe(0, crawler.ToString());
        var pages = Directory.GetFiles(Repository.Site, "*.html").Select(path => Path.GetFileName(path)).ToList();
        pages.ShouldContain("index.html");
        foreach (var page in pages)
            crawler.Output.Lines.ShouldContain($"200 {server.Address}{(page == "index.html" ? "" : page)}");
        var reports = crawler.Output.Lines.SkipLast(1);
        reports.ShouldAllBe(line => line.StartsWith("200 ", StringComparison.Ordinal));
    }

    [TestCase(1)]
    [TestCase(3)]
    public void It_connects_no_more_than_so_often_at_a_time(int connections)
    {
        using var site = new LinkedPages([.. Enumerable.Range(1, 20).Select(number => $"/{number}")]);
        using var crawler = program.Start($"{connections}", "60", site.Address);
        crawler.WaitForExit().ShouldBe(0, crawler.ToString());
        crawler.Output.Lines[^1].ShouldBe("21 of 21 fetched");
        site.MostAtOnce.ShouldBe(connections);
    }

    [Test]
    public void A_page_that_does_not_come_is_given_up_and_the_others_are_fetched()
    {
        using var site = new LinkedPages(LinkedPages.Never, "/a", "/b");
        using var crawler = program.Start("2", "60", site.Address);
        crawler.WaitForExit().ShouldBe(1, crawler.ToString());
        crawler.Output.Lines.ShouldContain($"--- {site.Address}never timed out");
        crawler.Output.Lines[^1].ShouldBe("3 of 4 fetched");
    }

    [Test]
    public void When_time_is_up_it_tells_what_it_has()
    {
        using var site = new LinkedPages(LinkedPages.Never, "/a", "/b");
        var start = Stopwatch.StartNew();
        using var crawler = program.Start("2", "1.5", site.Address);
        crawler.WaitForExit().ShouldBe(1, crawler.ToString());
        start.Elapsed.ShouldBeGreaterThan(TimeSpan.FromSeconds(1.5));
        crawler.Output.Lines.ShouldContain($"200 {site.Address}a");
        crawler.Output.Lines[^1].ShouldBe("3 of 4 fetched, then time was up");
    }

    [Test]
    public void A_server_that_is_not_there_is_told()
    {
        using var crawler = program.Start("1", "60", "http://127.0.0.1:1/");
        crawler.WaitForExit().ShouldBe(1, crawler.ToString());
        crawler.Output.ToString().ShouldContain("Refused");
    }
}
