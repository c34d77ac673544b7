using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;
using global::Server.Host.Debugger;
using Microsoft.Playwright;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: a trace is one HTML file, which opens from disk and shows its moments.</summary>
[Parallelizable] // it waits for other processes most of the time
public sealed class TraceDocumentScenarios
{
    private const string Head =
        """{"schema":1,"model":"coroutines","address":"http://127.0.0.1:30000","recorded":"2026-01-31T12:00:00Z"}""";

    private static Chromium? chromium;

    private readonly SiteFolder folder = new();

    [OneTimeSetUp]
    public static async Task Start() => chromium = await Chromium.Start();

    [OneTimeTearDown]
    public static async Task Stop()
    {
        if (chromium is not null)
            await chromium.DisposeAsync();
    }

    [TearDown]
    public void Clean() => folder.Dispose();

    [Test]
    public async Task It_begins_at_the_first_moment_and_goes_forward_and_back()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = Chromium.Watch(page);

        await page.GotoAsync(Saved(Head, Entry(1), Entry(2), Moment(1, "first"), Moment(2, "second")));

        await Shows(page, "This is the first moment.");
        await page.GetByRole(AriaRole.Button, new() { Name = "Forward", Exact = true }).ClickAsync();
        await Shows(page, "This is the second moment.");
        await page.Keyboard.PressAsync("b");
        await Shows(page, "This is the first moment.");
        complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task It_runs_nothing()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();

        await page.GotoAsync(Saved(Head, Entry(1), Moment(1, "only")));

        await Shows(page, "This is the only moment.");
        foreach (var name in new[] { "Pause", "Continue", "Step", "Turn", "Run to", "Slow client", "Add" })
            (await page.GetByRole(AriaRole.Button, new() { Name = name, Exact = true }).IsDisabledAsync()).ShouldBeTrue(
                name
            );
    }

    [Test]
    public async Task What_a_client_has_sent_is_text_in_it()
    {
        await using var context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        var complaints = Chromium.Watch(page);

        await page.GotoAsync(Saved(Head, Entry(1), Moment(1, @"\u003C/script>\u003Cimg src=x onerror=alert(1)>")));

        await Shows(page, "This is the </script><img src=x onerror=alert(1)> moment.");
        (await page.Locator("img").CountAsync()).ShouldBe(0);
        complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task The_one_in_the_docs_shows_a_partial_send_at_its_line()
    {
        await using var trace = await DebuggerPage.Open(
            chromium!,
            new Uri(Path.Combine(Repository.Root, "docs", "debugger-trace.html"))
        );

        for (var moments = 1; moments < 14; moments++)
            await trace.Press("ArrowRight");

        await trace.Page.GetByText("moment 14 of 21").WaitForAsync();
        await trace.Shows("Network", "1000 of 2283 PARTIAL");
        await trace.Shows("Coroutines", "HttpConnection.Serve at HttpConnection.cs:78");
        await trace.Shows("Source", "yield return WantWrite(connection, ");
        await trace.Page.GetByTitle("#4 stands here").WaitForAsync();
        trace.Complaints.ShouldBeEmpty();
    }

    private static Task Shows(IPage page, string headline) =>
        page.GetByRole(AriaRole.Region, new() { Name = "Scheduler" }).GetByText(headline).WaitForAsync();

    private string Saved(params string[] lines)
    {
        var (before, behind) = TraceDocument.Ends();
        folder.WriteText("trace.html", before + string.Join('\n', lines) + behind);
        return new Uri(Path.Combine(folder.Path, "trace.html")).AbsoluteUri;
    }

    private static string Entry(int number) =>
        $$$"""{"entry":{"number":{{{number}}},"turn":1,"phase":"poll","next":null,"text":"The poller is asked next.","marks":[]}}""";

    private static string Moment(int number, string which) =>
        $$$"""
            {"moment":{"number":{{{number}}},"turn":1,"phase":"poll","next":null,"headline":"This is the {{{which}}} moment.",
            "events":[],"sets":null,"ready":[],"coroutines":[],"network":[],"models":null}}
            """.ReplaceLineEndings("");
}
