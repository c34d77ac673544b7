using System.Text.RegularExpressions;
using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;
using Microsoft.Playwright;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: in a browser one sees where each connection's code stands, and steps through it.</summary>
[Platform("Linux")]
[Parallelizable] // it waits for other processes most of the time
public sealed class DebuggerPageScenarios
{
    private const int BigBytes = 50_000;

    // What a server says whose loop is kept; it comes from the watchdog, which has scenarios of its own.
    private const string Stuck = """
        event: state
        data: {"version":1,"mode":"running","model":"coroutines","address":"http://localhost:30000",
        data: "notice":"Once no page is open any more, it goes on after 30 s.",
        data: "hogged":{"id":7,"name":"client","at":"Echo.cs:33","milliseconds":1234},
        data: "breakpoints":[],"faults":{"receive":null,"send":null},"clients":[],"first":0,"last":0,"moment":null}


        """;

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

    [SetUp]
    public void Fill()
    {
        folder.WriteText("index.html", new string('x', 3_000));
        folder.WriteBytes("big.bin", BigBytes);
    }

    [TearDown]
    public void Clean() => folder.Dispose();

    [Test]
    public async Task A_client_that_has_sent_half_a_request_is_seen_at_its_line_with_its_locals()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);
        using var client = server.Connect();
        client.Send("GET /ind");

        await page.StepUntil("Network", "\"GET /ind\"");
        await page.StepUntil("Scheduler", "the poller is asked next");

        await Choose(page, "client");
        await page.Shows(
            "Coroutines",
            $"HttpConnection.Serve at HttpConnection.cs:{LineOf("yield return NextRead();")}"
        );
        await page.Shows("Coroutines", "owned");
        await page.Shows("Coroutines", "{HttpConnection}");
        await page.Shows("Source", "yield return NextRead();");
        page.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task One_steps_from_the_accept_through_a_partial_send_to_the_end()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);
        await page.Field("Send at most").FillAsync("1000");
        await page.Button("Set").ClickAsync();
        using var client = server.Connect();
        client.Get("/big.bin", "Connection: close\r\n");

        await page.StepUntil("Log", "is spawned; ");
        await page.StepUntil("Network", "GET /big.bin");
        await page.StepUntil("Network", "PARTIAL");
        await page.Shows(
            "Source",
            "yield return WantWrite(connection, conversation.SendDeadline(Deadline.In(default)));"
        );
        await page.Button("No limits").ClickAsync();
        await page.Button("Continue").ClickAsync();

        client.ReceiveToEnd().Length.ShouldBeGreaterThan(BigBytes);
        client.Dispose(); // until then, the server lingers
        await page.Region("Network").GetByText("No client is connected.").WaitForAsync();
    }

    [Test]
    public async Task One_looks_back_and_nothing_is_run()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);
        await page.Step();
        await page.Step();
        var last = await page.Moment();
        var headline = page.Page.Locator("#headline");
        var shown = await headline.InnerTextAsync();

        await page.Button("Back").ClickAsync();

        await page.Shows("Log", $"Moment {last - 1}.");
        (await headline.InnerTextAsync()).ShouldNotBe(shown);
        await page.Button("Forward").ClickAsync();
        await Expect(headline, shown);
        (await page.Moment()).ShouldBe(last);
    }

    [Test]
    public async Task It_stops_at_a_breakpoint_on_a_url()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);
        await page.Field("Stop where").FillAsync("url~/big");
        await page.Button("Add").ClickAsync();
        await page.Button("Remove url~/big").WaitForAsync();
        using var other = server.Connect();
        other.Get("/index.html");
        other.ReceiveAnswer().Content.Length.ShouldBe(3_000);
        using var client = server.Connect();

        client.Get("/big.bin");

        await page.Mode("paused");
        await page.Shows("Coroutines", "/big.bin");
        await page.Shows("Log", "breakpoint url~/big");
    }

    [Test]
    public async Task What_is_no_breakpoint_is_refused_beside_its_field()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);

        await page.Field("Stop where").FillAsync("when it hurts");
        await page.Press("Enter");

        await page.Region("Breakpoints").GetByRole(AriaRole.Alert).GetByText("when it hurts").WaitForAsync();
        (await page.Field("Stop where").GetAttributeAsync("aria-invalid")).ShouldBe("true");
        (await page.Field("Stop where").InputValueAsync()).ShouldBe("when it hurts");
    }

    [Test]
    public async Task A_line_at_which_nobody_stands_is_no_breakpoint_and_the_page_says_so()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);

        await page.Region("Source").GetByText("1", new() { Exact = true }).First.ClickAsync();

        await page
            .Page.GetByRole(AriaRole.Alert)
            .GetByText("Nobody ever stands at HttpConnection.cs:1;")
            .WaitForAsync();
    }

    [Test]
    public async Task What_a_model_cannot_be_told_is_out_of_reach_and_the_page_says_why()
    {
        using var server = DebuggedProcess.Running(folder.Path, "--model", "threads");
        await using var page = await Open(server);

        await page.Page.GetByText("--model threads isn't stepped: the kernel decides who runs").WaitForAsync();
        await page.Shows("Breakpoints", "--model threads has no coroutines to stop at");
        await page.Shows("Faults", "--model threads has no such faults");
        foreach (var name in (string[])["Pause", "Continue", "Step", "Turn", "Run to", "Add", "Set", "Reset"])
            (await page.Button(name).IsDisabledAsync()).ShouldBeTrue(name);
        (await page.Button("Client I type").IsEnabledAsync()).ShouldBeTrue();
        page.Complaints.ShouldBeEmpty();
    }

    [Test]
    public async Task Where_it_runs_to_is_shown_until_it_has_come_there()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);
        await page.Press("r");
        await page.Page.Keyboard.TypeAsync("url~/big");
        await page.Press("Enter");
        await page.Shows("Log", "It runs to url~/big.");

        using var client = server.Connect();
        client.Get("/big.bin");

        await page.Mode("paused");
        await page.Page.GetByText("on its way to").WaitForAsync(new() { State = WaitForSelectorState.Detached });
    }

    [Test]
    public async Task The_keyboard_is_enough()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);
        using var client = server.Connect();
        client.Get("/index.html");
        var first = await page.Moment();

        await page.Press("s");
        await page.MomentAfter(first);
        await page.Press("t");
        await page.Region("Scheduler").GetByText("the poller has answered").First.WaitForAsync();
        await page.Press("ArrowLeft");
        await page.Page.GetByText("Nothing is run backwards: Step goes on").WaitForAsync();
        await page.Press("ArrowRight");
        await page.Press("/");
        await page.Page.Keyboard.TypeAsync("accept");
        await page.Region("Coroutines").GetByText(new Regex(@"^\d+ of \d+$")).WaitForAsync();
        await page.Press("Escape", "?");
        await page.Page.GetByRole(AriaRole.Dialog, new() { Name = "Keys" }).WaitForAsync();
        await page.Press("Escape", "r");
        await page.Page.Keyboard.TypeAsync("url~/index");
        await page.Press("Enter");

        await page.Shows("Log", "breakpoint url~/index");
        await page.Press("Escape", "c");
        await page.Mode("running");
        await page.Press("p");
        await page.Mode("paused");
    }

    [Test]
    public async Task Every_control_is_reached_by_the_tab_key()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);
        var reached = new List<string>();

        for (var tabs = 0; tabs < 60; tabs++)
        {
            await page.Press("Tab");
            reached.Add(await page.Page.EvaluateAsync<string>("document.activeElement.closest('section')?.id ?? ''"));
        }

        foreach (var region in new[] { "scheduler", "source", "coroutines", "network", "timeline", "log", "faults" })
            reached.ShouldContain(region);
        reached.ShouldContain("breakpoints");
    }

    [Test]
    public async Task An_update_takes_the_focus_from_nobody()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);
        await page.Region("Coroutines").GetByRole(AriaRole.Tree).FocusAsync();
        var first = await page.Moment();

        await page.Press("ArrowDown", "s");

        await page.MomentAfter(first);
        (await page.Page.EvaluateAsync<string>("document.activeElement.getAttribute('role')")).ShouldBe("tree");
    }

    [Test]
    public async Task A_client_is_typed_by_hand_and_its_bytes_are_seen_in_the_kernel()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);

        await page.Button("Client I type").ClickAsync();
        var box = page.Page.GetByRole(AriaRole.Textbox, new() { Name = "What client 1 sends" });
        await box.FocusAsync();
        await page.Page.Keyboard.TypeAsync("GET /ind");
        await page.Press("Enter");
        (await box.InputValueAsync()).ShouldBe("GET /ind\\r\\n\n");
        await page.Button("Send").ClickAsync();

        await page.Shows("Faults", "Client 1 sends 10 bytes.");
        await page.StepUntil("Network", "127.0.0.1");
        await page.StepUntil("Network", "\"GET /ind\\r\\n\"");
    }

    [Test]
    public async Task Two_thousand_coroutines_are_listed_grouped_and_filtered()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);
        var clients = Enumerable.Range(0, 2_000).Select(_ => server.Connect()).ToList();
        try
        {
            clients[^1].Get("/index.html");
            clients[^1].ReceiveAnswer();
            await page.Button("Pause").ClickAsync();
            await page.Mode("paused");

            await page.Region("Coroutines").GetByText(new Regex(@"^2,00\d coroutines$")).WaitForAsync();
            await page.Region("Coroutines").GetByText(new Regex(@"^\d{4} alike$")).First.ClickAsync();
            await page.Region("Coroutines").GetByText(new Regex("^▾$")).First.WaitForAsync();
            (await page.Page.GetByRole(AriaRole.Treeitem).CountAsync()).ShouldBeLessThan(100);
            await page.Field("Filter by name, state, fd or url").FillAsync("accept");
            await page.Region("Coroutines").GetByText(new Regex(@"^2 of 2,00\d$")).WaitForAsync();
            await page.TakePicture("debugger-2000.png");
        }
        finally
        {
            clients.ForEach(client => client.Dispose());
        }
    }

    [Test]
    public async Task It_says_so_when_the_process_stands_still()
    {
        const int SigStop = 19;
        const int SigContinue = 18;
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);

        server.Signal(SigStop);

        await page.Page.GetByText("the process stands still").WaitForAsync();
        server.Signal(SigContinue);
        await page.Mode("running");
    }

    [Test]
    public async Task It_names_the_coroutine_that_keeps_the_loop_and_says_what_comes_without_a_page()
    {
        using var server = DebuggedProcess.Running(folder.Path);
        await using var page = await Open(server);
        await page.Page.RouteAsync(
            "**/events",
            route => route.FulfillAsync(new() { ContentType = "text/event-stream", Body = Stuck })
        );

        await page.Page.ReloadAsync();

        var alert = page.Page.GetByRole(AriaRole.Alert);
        await alert
            .GetByText("#7 'client' keeps the loop, resumed at Echo.cs:33; nobody else is served.")
            .WaitForAsync();
        await page.Page.GetByText("For 1.2 s so far.").WaitForAsync();
        await page.Page.GetByText("it goes on after 30 s").WaitForAsync();
    }

    [Test]
    public async Task A_trace_that_is_saved_opens_from_disk()
    {
        using var server = DebuggedProcess.Paused(folder.Path);
        await using var page = await Open(server);
        await page.Step();
        await page.Step();
        var last = await page.Moment();

        var download = await page.Page.RunAndWaitForDownloadAsync(() =>
            page.Page.GetByRole(AriaRole.Link, new() { Name = "Save trace" }).ClickAsync()
        );
        await download.SaveAsAsync(folder.PathOf("trace.html"));

        await using var trace = await DebuggerPage.Open(chromium!, new Uri(folder.PathOf("trace.html")));
        await trace.Button("Latest").ClickAsync();
        await trace.Page.GetByText($"moment {last} of {last}").WaitForAsync();
        await trace.Shows("Source", "Serve");
        trace.Complaints.ShouldBeEmpty();
    }

    private static Task<DebuggerPage> Open(DebuggedProcess server) => DebuggerPage.Open(chromium!, server.Page);

    private static Task Choose(DebuggerPage page, string name) =>
        page.Page.GetByRole(AriaRole.Treeitem).GetByText(new Regex($@"^#\d+ {name}")).First.ClickAsync();

    private static Task Expect(ILocator locator, string text) =>
        locator.Filter(new() { HasText = text }).WaitForAsync();

    private static int LineOf(string code)
    {
        var source = File.ReadAllLines(Path.Combine(Repository.Root, "Server.Host", "Http", "HttpConnection.cs"));
        return 1 + Array.FindIndex(source, line => line.Contains(code, StringComparison.Ordinal));
    }
}
