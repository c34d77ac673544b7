using System.Text.Json;
using Coroutines.Tests.Host;
using global::Server.Host.Debugger;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the debugger's page is told what it shows, and steers the server.</summary>
public sealed class PageStateScenarios : IDisposable
{
    private readonly StudiedPage page = new();

    public void Dispose() => page.Dispose();

    [Test]
    public void A_page_that_opens_is_told_the_state()
    {
        using var open = page.Open();
        var state = open.UntilMode("paused");
        state.GetProperty("model").GetString().ShouldBe("coroutines");
        state.GetProperty("address").GetString().ShouldBe($"http://127.0.0.1:{page.Site.Port}");
        var moment = state.GetProperty("moment");
        moment.GetProperty("headline").GetString().ShouldBe("Turn 1: #1 'server' is resumed next.");
        moment.GetProperty("phase").GetString().ShouldBe("resume");
        moment.GetProperty("next").GetInt32().ShouldBe(1);
        Numbers(moment.GetProperty("ready")).ShouldBe([1]);
    }

    [Test]
    public void A_step_is_seen_by_every_page()
    {
        using var one = page.Open();
        using var other = page.Open();
        one.UntilMode("paused");
        page.Tell("""{"do":"step"}""");
        one.Until(state => state.GetProperty("last").GetInt64() == 2);
        var moment = other.Until(state => state.GetProperty("last").GetInt64() == 2).GetProperty("moment");
        var server = moment.GetProperty("coroutines")[0];
        server.GetProperty("at").GetString()!.ShouldStartWith("HttpServer.cs:");
        server.GetProperty("wait").GetString().ShouldBe("JoinScope scope of #1");
        var frame = server.GetProperty("frames")[0];
        frame.GetProperty("file").GetString().ShouldBe("Server.Host/Http/HttpServer.cs");
        frame.GetProperty("library").GetBoolean().ShouldBeFalse();
    }

    [Test]
    public void Several_steps_are_taken_at_once_and_each_is_kept()
    {
        page.Site.Parked();
        page.Tell("""{"do":"step","count":3}""");
        var shown = page.Site.Parked(); // before the poll that would block, however many steps are left
        (shown.Number, shown.Phase).ShouldBe((3, Phase.Poll));
        var timeline = page.Json("timeline?from=2");
        Numbers(timeline.GetProperty("entries"), "number").ShouldBe([2, 3]);
        timeline.GetProperty("entries")[0].GetProperty("marks")[0].GetProperty("kind").GetString().ShouldBe("run");
        page.Json("moments/2").GetProperty("next").GetInt32().ShouldBe(2);
    }

    [Test]
    public void Half_a_request_that_is_typed_is_seen_at_its_line()
    {
        using var open = page.Open();
        page.Tell("""{"do":"continue"}""");
        var number = page.Tell("""{"do":"client","kind":"typed"}""").GetProperty("client").GetInt32();
        open.Until(state => Client(state)?.GetProperty("state").GetString() == "connected");
        page.Tell("""{"do":"break","where":"co=3"}""");
        page.Tell($$"""{"do":"type","client":{{number}},"text":"GET /ind"}""");
        var moment = open.Until(state => ReadBytes(state) == 8).GetProperty("moment");
        var client = moment.GetProperty("coroutines").EnumerateArray().Last();
        client.GetProperty("frames")[0].GetProperty("method").GetString().ShouldBe("HttpConnection.Serve");
        client.GetProperty("fd").GetInt32().ShouldBe(moment.GetProperty("network")[0].GetProperty("fd").GetInt32());
        moment.GetProperty("network")[0].GetProperty("readText").GetString().ShouldBe("\"GET /ind\"");
    }

    [Test]
    public void A_fast_client_is_answered()
    {
        using var open = page.Open();
        page.Tell("""{"do":"continue"}""");
        page.Tell("""{"do":"client","kind":"fast"}""");
        var state = open.Until(state => Client(state)?.GetProperty("state").GetString() == "closed");
        Client(state)!.Value.GetProperty("received").GetString()!.ShouldStartWith("HTTP/1.1 200 OK\r\n");
        Client(state)!.Value.GetProperty("receivedBytes").GetInt64().ShouldBeGreaterThan(3_000);
    }

    [Test]
    public void It_runs_to_a_place_once()
    {
        using var open = page.Open();
        page.Tell("""{"do":"run-to","where":"url~/index"}""");
        open.Until(state => state.GetProperty("runsTo").GetString() == "url~/index");
        using var client = page.Site.Connect();
        client.Get("/index.html");
        var stopped = open.Until(state => IsPaused(state) && Last(state) > 1).GetProperty("moment");
        stopped.GetProperty("events").ToString().ShouldContain("breakpoint url~/index");
        page.Tell("""{"do":"continue"}""");
        open.Until(state => state.GetProperty("runsTo").ValueKind == JsonValueKind.Null);
        client.ReceiveAnswer();
        client.Get("/index.html");
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000); // it isn't stopped again
    }

    [Test]
    public void Who_continues_runs_to_no_place_any_more()
    {
        page.Tell("""{"do":"run-to","where":"url~/index"}""");
        page.Tell("""{"do":"continue"}""");
        using var client = page.Site.Connect();
        client.Get("/index.html");
        client.ReceiveAnswer().Content.Length.ShouldBe(3_000);
    }

    [Test]
    public void More_pages_than_a_browser_has_connections_are_told_so()
    {
        var pages = Enumerable.Range(0, 5).Select(_ => page.Open()).ToList();
        pages[0].UntilMode("paused").GetProperty("notice").ValueKind.ShouldBe(JsonValueKind.Null);
        pages.Add(page.Open());
        pages[0].Until(state => state.GetProperty("notice").GetString()?.StartsWith("6 pages are open.") == true);
        pages.ForEach(one => one.Dispose());
    }

    [Test]
    public void A_breakpoint_stays_until_it_is_removed()
    {
        using var open = page.Open();
        page.Tell("""{"do":"break","where":"url~/index"}""");
        open.Until(state => state.GetProperty("breakpoints").GetArrayLength() == 1);
        page.Tell("""{"do":"unbreak","where":"url~/index"}""");
        open.Until(state => state.GetProperty("breakpoints").GetArrayLength() == 0);
    }

    [Test]
    public void Faults_are_shown_and_have_their_effect()
    {
        using var open = page.Open();
        page.Tell("""{"do":"faults","receive":3,"send":null}""");
        open.Until(state => state.GetProperty("faults").GetProperty("receive").ValueKind == JsonValueKind.Number);
        page.Site.Network.Faults.ReceiveBytes.ShouldBe(3);
        page.Tell("""{"do":"faults"}""");
        page.Site.Network.Faults.ReceiveBytes.ShouldBe(int.MaxValue);
    }

    [TestCase("""{"do":"dance"}""", "There is no command 'dance'; there are pause, continue, step")]
    [TestCase("""{}""", """A command says what to do; for example {"do":"step"}.""")]
    [TestCase("", "A command is an object of JSON")]
    [TestCase("[1]", "A command is an object of JSON")]
    [TestCase("""{"do":"step","count":"x"}""", "this isn't one that is known at 'count'")]
    [TestCase(
        """{"do":"step","count":0}""",
        "One command takes 1 to 10000 steps, but 0 were asked for; for example 3."
    )]
    [TestCase("""{"do":"turn","count":10001}""", "One command takes 1 to 10000 turns")]
    [TestCase("""{"do":"break"}""", """This says where; for example {"do":"break","where":"fd=9"}.""")]
    [TestCase("""{"do":"break","where":"x"}""", "'x' is no breakpoint; one is co=6, fd=9")]
    [TestCase("""{"do":"run-to","where":"x"}""", "'x' is no breakpoint; one is co=6, fd=9")]
    [TestCase("""{"do":"run-to","where":" "}""", "Say where: co=6, fd=9")]
    [TestCase("""{"do":"break","where":"line=Nope.cs:1"}""", "There is no source 'Nope.cs' with a 'yield return'")]
    [TestCase(
        """{"do":"break","where":"line=HttpConnection.cs:1"}""",
        "Nobody ever stands at HttpConnection.cs:1; the lines with a 'yield return' are "
    )]
    [TestCase("""{"do":"unbreak","where":"fd=9"}""", "There is no breakpoint 'fd=9'; There are no breakpoints.")]
    [TestCase("""{"do":"faults","receive":0}""", "A receive and a send take 1 byte or more")]
    [TestCase("""{"do":"reset"}""", "A reset names a descriptor")]
    [TestCase("""{"do":"reset","fd":999}""", "fd 999 isn't a client's; no client is connected.")]
    [TestCase("""{"do":"client","kind":"lazy"}""", "A client is slow, fast or typed, not 'lazy'")]
    [TestCase("""{"do":"client","kind":"fast,slow"}""", "A client is slow, fast or typed, not 'fast,slow'")]
    [TestCase("""{"do":"client","kind":"1"}""", "A client is slow, fast or typed, not '1'")]
    [TestCase("""{"do":"type","client":7,"text":"a"}""", "There is no client 7 that is connected; there is none.")]
    [TestCase("""{"do":"type","client":7}""", "1 to 8192 characters can be typed at a time")]
    [TestCase("""{"do":"half-close"}""", "A number says which client; there is none.")]
    public void What_is_wrong_is_told_with_the_rule(string command, string rule) =>
        page.Refused(command).ShouldContain(rule);

    [Test]
    public void The_sources_are_those_of_the_server_and_of_the_library()
    {
        var names = page.Json("sources").EnumerateArray().Select(name => name.GetString()).ToList();
        names.ShouldContain("Server.Host/Http/HttpConnection.cs");
        names.ShouldContain("Coroutines/Scheduler.cs");
        names.ShouldAllBe(name => !name!.Contains("obj/"));
        using var answer = page.Get("sources/Server.Host/Http/HttpConnection.cs");
        using var text = new StreamReader(answer.Content.ReadAsStream());
        text.ReadToEnd().ShouldContain("yield return NextRead();");
    }

    [Test]
    public void The_trace_is_one_page_with_what_is_kept()
    {
        page.Site.Parked();
        page.Tell("""{"do":"step","count":2}""");
        page.Site.Parked();
        using var answer = page.Get("trace.html");
        answer.Content.Headers.ContentDisposition!.FileName.ShouldBe("trace.html");
        using var text = new StreamReader(answer.Content.ReadAsStream());
        var lines = text.ReadToEnd().Split('\n');
        lines.ShouldContain(line => line.StartsWith("{\"schema\":2,\"model\":\"coroutines\""));
        lines.Count(line => line.StartsWith("{\"entry\":{")).ShouldBe(3);
        lines.Count(line => line.StartsWith("{\"moment\":{")).ShouldBe(3);
        lines.ShouldContain(line => line.StartsWith("{\"source\":\"Server.Host/Http/HttpServer.cs\""));
    }

    private static IEnumerable<int> Numbers(JsonElement array) => array.EnumerateArray().Select(one => one.GetInt32());

    private static IEnumerable<int> Numbers(JsonElement array, string property) =>
        array.EnumerateArray().Select(one => one.GetProperty(property).GetInt32());

    private static bool IsPaused(JsonElement state) => state.GetProperty("mode").GetString() == "paused";

    private static long Last(JsonElement state) => state.GetProperty("last").GetInt64();

    private static JsonElement? Client(JsonElement state) =>
        state.GetProperty("clients") is var clients && clients.GetArrayLength() > 0 ? clients[0] : null;

    private static long ReadBytes(JsonElement state) =>
        state.GetProperty("moment") is { ValueKind: JsonValueKind.Object } moment
        && moment.GetProperty("network") is var network
        && network.GetArrayLength() > 0
            ? network[0].GetProperty("read").GetInt64()
            : 0;
}
