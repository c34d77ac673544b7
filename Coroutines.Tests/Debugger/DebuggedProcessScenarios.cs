using System.Text.Json;
using Coroutines.Tests.Host;
using Coroutines.Tests.Package;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the server with the debugger's page, as it is started.</summary>
[Platform("Linux")]
public sealed class DebuggedProcessScenarios : IDisposable
{
    // A tick is 10 ms of processor time. Four times a second somebody looks whether there is a page.
    private const int IdleTicks = 5;

    private readonly SiteFolder folder = new();

    public DebuggedProcessScenarios() => folder.WriteText("index.html", "hello");

    public void Dispose() => folder.Dispose();

    [Test]
    public void It_serves_and_its_page_answers_at_the_address_that_it_prints()
    {
        using var server = ServerProcess.Debug("0", folder.Path);
        using var client = server.Connect();
        client.Get("/index.html");
        client.ReceiveAnswer().Content.ShouldBe("hello"u8.ToArray());
        using var page = new StateReader(server.DebuggerAddress);
        page.UntilMode("running").GetProperty("address").GetString().ShouldBe(server.Address.TrimEnd('/'));
        server.Stop().ShouldBe(0, server.Errors.ToString());
    }

    [Test]
    public void Started_paused_it_accepts_nobody_and_uses_no_processor()
    {
        using var server = ServerProcess.Debug("0", folder.Path, "--paused");
        using (var page = new StateReader(server.DebuggerAddress))
            page.UntilMode("paused").GetProperty("last").GetInt64().ShouldBe(1);
        using var client = server.Connect(); // the kernel takes it in
        client.Get("/index.html");
        Enumerable.Range(0, 5).Select(_ => server.TicksOfAnIdleSecond()).Min().ShouldBeLessThanOrEqualTo(IdleTicks);
        client.IsClosedByServer.ShouldBeFalse();
        server.Stop().ShouldBe(0, server.Errors.ToString());
    }

    [Test]
    public void A_dump_is_written_as_ever()
    {
        using var server = ServerProcess.Debug("0", folder.Path);
        using var client = server.Connect();
        client.Get("/index.html");
        client.ReceiveAnswer(); // it has begun
        server.Signal(ServerProcess.SigQuit);
        server.Errors.WaitFor("HttpServer.Serve at HttpServer.cs:");
        server.Stop().ShouldBe(0, server.Errors.ToString());
    }

    [Test]
    public void The_port_of_another_program_is_told()
    {
        using var other = ServerProcess.Debug("0", folder.Path);
        using var server = ServerProcess.Start(
            "0",
            folder.Path,
            "--debugger",
            "--debugger-port",
            $"{other.DebuggerAddress.Port}"
        );
        server.WaitForExit().ShouldBe(1);
        server.Errors.ToString().ShouldContain($"The debugger's page: Port {other.DebuggerAddress.Port} is in use");
    }

    [TestCase("iterative", "coroutines")]
    [TestCase("events", "connections")]
    [TestCase("threads", "threads")]
    [TestCase("processes", "processes")]
    public void Every_model_shows_what_it_consists_of(string model, string table)
    {
        using var server = ServerProcess.Debug("0", folder.Path, "--model", model);
        using var page = new StateReader(server.DebuggerAddress);
        using var client = server.Connect();
        client.Send("GET /ind");
        var state = page.Until(state => Rows(state, model, table) >= (model == "processes" ? 2 : 1));
        var moment = state.GetProperty("moment");
        state
            .GetProperty("lacking")
            .GetProperty("step")
            .GetString()
            .ShouldBe(
                model is "threads" or "processes"
                    ? $"--model {model} isn't stepped: the kernel decides who runs; --model coroutines is."
                    : null
            );
        if (model is "iterative" or "events")
            moment.GetProperty("network")[0].GetProperty("read").GetInt64().ShouldBeLessThanOrEqualTo(8);
        client.Send("ex.html HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n");
        client.ReceiveAnswer().Content.ShouldBe("hello"u8.ToArray());
        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }

    [Test]
    public void The_echo_server_is_shown_too()
    {
        using var server = ServerProcess.Debug("echo", "0");
        using var page = new StateReader(server.DebuggerAddress);
        using var client = server.Connect();
        client.Send("hel");
        var state = page.Until(state => Coroutines(state) == 2);
        var wire = state.GetProperty("moment").GetProperty("network")[0];
        wire.GetProperty("read").ValueKind.ShouldBe(JsonValueKind.Null); // nobody counts what goes over a plain socket
        state
            .GetProperty("lacking")
            .GetProperty("fault")
            .GetString()!
            .ShouldStartWith("The echo server's sockets are plain");
        client.Send("lo\n");
        client.ReceiveLine().ShouldBe("hello");
        server.Stop().ShouldBe(0);
    }

    [Test]
    public void The_echo_server_of_another_model_is_refused()
    {
        using var server = ServerProcess.Start("echo", "0", "--debugger", "--model", "events");
        server.WaitForExit().ShouldBe(2);
        server.Errors.ToString().ShouldContain("echo --debugger goes with --model coroutines, not events");
    }

    [Test]
    public void Published_plainly_it_shows_lines_and_sources()
    {
        var published = Path.Combine(folder.Path, "published");
        var configuration = AppContext.BaseDirectory.Contains("/Debug/") ? "Debug" : "Release";
        DotNet.Run(
            Docs.Repository.Root,
            ["publish", "Server.Host", "-c", configuration, "--no-build", "--no-restore", "-o", published]
        );
        using var server = ServerProcess.DebugPublished(published, folder.Path);
        using var page = new StateReader(server.DebuggerAddress);
        using var client = new HttpClient();
        client
            .GetStringAsync(new Uri(server.DebuggerAddress, "sources/Server.Host/Http/HttpServer.cs"))
            .Result.ShouldContain("yield return serving.Join(grace);");
        using var pause = new StringContent("""{"do":"pause"}""", System.Text.Encoding.UTF8, "application/json");
        client.PostAsync(new Uri(server.DebuggerAddress, "commands"), pause).Result.EnsureSuccessStatusCode();
        var frames = page.UntilMode("paused").GetProperty("moment").GetProperty("coroutines")[0].GetProperty("frames");
        frames[0].GetProperty("file").GetString().ShouldBe("Server.Host/Http/HttpServer.cs");
        frames[0].GetProperty("line").GetInt32().ShouldBeGreaterThan(0);
    }

    private static int Rows(JsonElement state, string model, string table) =>
        state.GetProperty("moment") is not { ValueKind: JsonValueKind.Object } moment ? 0
        : model == "iterative" ? moment.GetProperty("network").GetArrayLength()
        : moment.GetProperty("models").GetProperty(table).GetArrayLength();

    private static int Coroutines(JsonElement state) =>
        state.GetProperty("moment") is { ValueKind: JsonValueKind.Object } moment
            ? moment.GetProperty("coroutines").GetArrayLength()
            : 0;
}
