using Coroutines.Tests.Host;
using Microsoft.Playwright;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: another page in the same browser can neither read the debugger nor steer it, even if it knew the address.
/// </summary>
[Platform("Linux")]
[Parallelizable] // it waits for other processes most of the time
public sealed class ForeignPageScenarios
{
    private static Chromium? chromium;
    private static SiteFolder? folder;
    private static DebuggedProcess? studied;
    private static ServerProcess? foreign;

    private IBrowserContext? context;

    [OneTimeSetUp]
    public static async Task Start()
    {
        chromium = await Chromium.Start();
        folder = new();
        folder.WriteText("index.html", "<!doctype html><title>Foreign</title>");
        studied = DebuggedProcess.Paused(folder.Path);
        foreign = ServerProcess.Serve(folder.Path);
    }

    [OneTimeTearDown]
    public static async Task Stop()
    {
        foreign?.Dispose();
        studied?.Dispose();
        folder?.Dispose();
        if (chromium is not null)
            await chromium.DisposeAsync();
    }

    [TearDown]
    public async Task Close()
    {
        if (context is not null)
            await context.DisposeAsync();
    }

    [Test]
    public async Task It_cannot_read(
        [Values("", "events", "timeline?from=1", "sources", "trace.html", "page.js")] string path
    )
    {
        var page = await OpenForeign();

        var read = await page.EvaluateAsync<string>(
            "address => fetch(address).then(answer => answer.text(), () => 'refused')",
            studied!.Page + path
        );

        read.ShouldBe("refused");
    }

    [Test]
    public async Task It_cannot_follow_the_events()
    {
        var page = await OpenForeign();

        var heard = await page.EvaluateAsync<string>(
            """
            address => new Promise(done => {
              const events = new EventSource(address);
              events.addEventListener('state', () => done('heard'));
              events.onerror = () => done('refused');
            })
            """,
            studied!.Page + "events"
        );

        heard.ShouldBe("refused");
    }

    [TestCase("application/json", "cors")]
    [TestCase("text/plain", "no-cors")]
    public async Task It_cannot_step(string type, string mode)
    {
        var page = await OpenForeign();
        await using var debugger = await DebuggerPage.Open(chromium!, studied!.Page);
        var before = await debugger.Moment();

        await page.EvaluateAsync(
            """
            ([address, type, mode]) => fetch(address, { method: 'POST', mode, headers: { 'Content-Type': type }, body: '{"do":"step"}' })
              .then(answer => answer.status, () => 'refused')
            """,
            new[] { studied.Page + "commands", type, mode }
        );

        await debugger.Step(); // a step of one's own is the next one
        (await debugger.Moment()).ShouldBe(before + 1);
    }

    [Test]
    public async Task It_cannot_show_it_in_a_frame()
    {
        var page = await OpenForeign();

        await page.EvaluateAsync(
            """
            address => new Promise(done => {
              const frame = document.createElement('iframe');
              frame.onload = done;
              frame.src = address;
              document.body.append(frame);
            })
            """,
            studied!.Page.AbsoluteUri
        );

        page.Frames.Count.ShouldBe(2);
        (await page.Frames[1].GetByRole(AriaRole.Region, new() { Name = "Scheduler" }).CountAsync()).ShouldBe(0);
    }

    private async Task<IPage> OpenForeign()
    {
        context = await chromium!.Browser.NewContextAsync();
        var page = await context.NewPageAsync();
        await page.GotoAsync(foreign!.Address + "index.html");
        return page;
    }
}
