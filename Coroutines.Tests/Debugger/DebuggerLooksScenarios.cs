using Coroutines.Tests.Host;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the debugger's page can be used by anybody, at any width and in either scheme.</summary>
/// <remarks>axe-core finds what a program can find. The pictures that it takes stay in the work folder of the test run, for
/// whoever wants to look.</remarks>
[Platform("Linux")]
[Parallelizable] // it waits for other processes most of the time
public sealed class DebuggerLooksScenarios
{
    private static Chromium? chromium;
    private static SiteFolder? folder;
    private static DebuggedProcess? server;
    private static WireClient? client;

    [OneTimeSetUp]
    public static async Task Start()
    {
        chromium = await Chromium.Start();
        folder = new();
        folder.WriteText("index.html", new string('x', 3_000));
        server = DebuggedProcess.Paused(folder.Path);
        client = server.Connect();
        client.Send("GET /ind");
        await using var page = await DebuggerPage.Open(chromium, server.Page);
        await page.StepUntil("Network", "\"GET /ind\"");
        await page.Field("Stop where").FillAsync("url~/big");
        await page.Button("Add").ClickAsync();
        await page.Button("Client I type").ClickAsync();
        await page.Shows("Faults", "Client 1, typed");
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        client?.Dispose();
        server?.Dispose();
        folder?.Dispose();
        if (chromium is not null)
            await chromium.DisposeAsync();
    }

    [Test]
    public async Task It_fits_any_width([Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme)
    {
        await using var page = await Open(360, scheme);
        await page.Page.GetByText("As a table").ClickAsync();

        foreach (var width in new[] { 360, 768, 1280, 1920 })
        {
            await page.Page.SetViewportSizeAsync(width, width < 1920 ? 800 : 1080);
            var content = await page.Page.EvaluateAsync<int>("document.documentElement.scrollWidth");
            content.ShouldBeLessThanOrEqualTo(width);
            await page.TakePicture($"debugger-{width}-{scheme}.png");
        }
        page.Complaints.ShouldBeEmpty();
    }

    // Between these widths the page is laid out like the one or the other; at 1,280 the next scenario looks.
    [Test]
    public async Task Nobody_is_kept_out(
        [Values(360, 1920)] int width,
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme
    )
    {
        await using var page = await Open(width, scheme);
        await page.Page.GetByText("As a table").ClickAsync();

        await HasNoViolation(page);
    }

    [Test]
    public async Task Nor_by_its_help_or_an_earlier_moment(
        [Values(ColorScheme.Light, ColorScheme.Dark)] ColorScheme scheme
    )
    {
        await using var page = await Open(1280, scheme);
        await page.Button("Back").ClickAsync();
        await page.Page.GetByText("You look at moment").WaitForAsync();
        await HasNoViolation(page);

        await page.Button("Help").ClickAsync();

        await page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" }).WaitForAsync();
        await HasNoViolation(page);
    }

    [Test]
    public async Task It_has_the_regions_and_buttons_that_it_is_known_by()
    {
        await using var page = await Open(1280, ColorScheme.Light);

        foreach (
            var name in (string[])
                ["Scheduler", "Source", "Coroutines", "Network", "Timeline", "Log", "Faults", "Breakpoints"]
        )
            (await page.Region(name).CountAsync()).ShouldBe(1, name);
        foreach (var name in (string[])["Pause", "Continue", "Step", "Turn", "Back", "Run to"])
            (await page.Button(name).CountAsync()).ShouldBe(1, name);
    }

    [Test]
    public async Task On_a_telephone_one_still_sees_what_is_waited_for()
    {
        await using var page = await Open(360, ColorScheme.Light);

        await page.Page.GetByRole(AriaRole.Treeitem).GetByText("Read fd ").First.WaitForAsync();
        await page.Region("Network").Locator(".peer").First.WaitForAsync();
    }

    [Test]
    public async Task It_tells_what_select_and_iterators_are_here()
    {
        await using var page = await Open(1280, ColorScheme.Light);

        await page.Shows("Scheduler", "Socket.Select");
        await page.Shows("Scheduler", "poll(2)");
        await page.Shows("Scheduler", "C# iterators are asymmetric");
    }

    private static Task<DebuggerPage> Open(int width, ColorScheme scheme) =>
        DebuggerPage.Open(
            chromium!,
            server!.Page,
            new()
            {
                ViewportSize = new() { Width = width, Height = width < 1920 ? 800 : 1080 },
                ColorScheme = scheme,
            }
        );

    private static async Task HasNoViolation(DebuggerPage page)
    {
        var found = await page.Page.RunAxe();
        found
            .Violations.Select(one => $"{one.Id}: {string.Join(" ", one.Nodes.Select(node => node.Html))}")
            .ShouldBeEmpty();
    }
}
