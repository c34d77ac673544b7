using System.Globalization;
using System.Net;
using System.Text;
using System.Text.Json;
using global::Server.Host.Models;

namespace Coroutines.Tests.Host;

/// <summary>Feature: a port of its own tells whether the server is alive and ready, what it has done, and where each coroutine
/// stands.</summary>
[Platform(Exclude = "Win")]
[Parallelizable] // it waits for another process most of the time
public sealed class AdminScenarios : IDisposable
{
    // More than the system's buffers hold between the two, so that the client decides when the answer has been sent.
    private const int LargeBytes = 16_000_000;
    private const int SmallBuffer = 16 * 1024;

    private readonly SiteFolder folder = new();

    public AdminScenarios() => folder.WriteText("index.html", "welcome");

    public void Dispose() => folder.Dispose();

    [Test]
    public void It_is_alive_and_ready_and_tells_what_it_has_done_and_where_it_stands()
    {
        using var server = Serve();
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer();
        client.Get("/");
        client.ReceiveAnswer();
        client.Get("/missing");
        client.ReceiveAnswer();

        Ask(server, "/healthz").ShouldBe((200, "alive\n"));
        Ask(server, "/readyz").ShouldBe((200, "ready\n"));
        var metrics = Ask(server, "/metrics").Content.Split('\n');
        metrics.ShouldContain("coroutines_server_requests_total{status=\"2xx\"} 2");
        metrics.ShouldContain("coroutines_server_requests_total{status=\"4xx\"} 1");
        metrics.ShouldContain("coroutines_server_connections 1");
        metrics.ShouldContain("coroutines_server_cache_lookups_total{outcome=\"hit\"} 1");
        metrics.ShouldContain(line => line.StartsWith("coroutines_alive{coroutines_scheduler=\"server\"} "));
        Ask(server, "/dump").Content.ShouldContain("HttpConnection.Serve at HttpConnection.cs:");
        using var dump = JsonDocument.Parse(Ask(server, "/dump.json").Content);
        dump.RootElement.GetProperty("coroutines").GetArrayLength().ShouldBeGreaterThan(2);
        server.Stop().ShouldBe(0);
    }

    [Test]
    public void Other_names_of_the_host_and_other_methods_and_paths_are_refused()
    {
        using var server = Serve();

        Ask(server, "/metrics", host: "evil.example").Status.ShouldBe(403);
        Ask(server, "/metrics", host: "127.0.0.1").Status.ShouldBe(403);
        Ask(server, "/metrics", fields: "Origin: http://evil.example\r\n").Status.ShouldBe(403);
        Ask(server, "/metrics", method: "POST").Status.ShouldBe(405);
        Ask(server, "/metrics", method: "BREW").Status.ShouldBe(501);
        Ask(server, "/index.html").Status.ShouldBe(404);
    }

    [TestCase("localhost")]
    [TestCase("LocalHost")] // RFC 3986, section 3.2.2: names don't depend on case
    public void A_name_of_the_host_is_taken_in_any_case(string name)
    {
        using var server = Serve();
        Ask(server, "/healthz", host: $"{name}:{AdminPort(server)}").Status.ShouldBe(200);
    }

    [Test]
    public void Its_own_limit_of_clients_is_told_as_its_own()
    {
        using var server = Serve();
        var clients = Enumerable.Range(0, 65).Select(_ => new WireClient(new(IPAddress.Loopback, AdminPort(server))));
        var all = clients.ToList();
        all.ForEach(client => client.Send("GET "));
        server.Errors.WaitFor("WARN  More than 64 connections to the admin port: clients are answered 503.");
        all.ForEach(client => client.Dispose());
        server.Stop().ShouldBe(0);
        server.Errors.ToString().ShouldNotContain("--max-connections");
    }

    [Test]
    public void It_is_not_ready_while_it_drains_and_alive_to_the_end()
    {
        folder.WriteBytes("large.bin", LargeBytes);
        using var server = Serve("--grace", "3600");
        using var reader = new WireClient(new(IPAddress.Loopback, server.Port), SmallBuffer);
        reader.Get("/large.bin");
        reader.ReceiveHead();

        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("answers under way: 1.");

        Ask(server, "/readyz").ShouldBe((503, "draining\n"));
        Ask(server, "/healthz").Status.ShouldBe(200);
        reader.ReceiveToEnd().Length.ShouldBe(LargeBytes);
        server.WaitForExit().ShouldBe(0);
    }

    [Test]
    public void With_a_delay_clients_are_accepted_meanwhile()
    {
        using var server = Serve("--drain-delay", "3600");
        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("accepting stops in 3600 s");

        Ask(server, "/readyz").ShouldBe((503, "draining\n"));
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer().Content.ShouldBeBytes("welcome"u8.ToArray());
        server.Signal(ServerProcess.SigTerm);
        server.WaitForExit().ShouldBe(143);
    }

    [Test]
    public void It_stops_when_the_delay_is_over()
    {
        using var server = Serve("--drain-delay", "0.2");

        server.Stop().ShouldBe(0);

        server.Errors.ToString().ShouldContain("Stopped.");
    }

    [TestCase(Model.Iterative, 404, 200)]
    [TestCase(Model.Threads, 404, 200)]
    [TestCase(Model.Events, 404, 200)]
    [TestCase(Model.Processes, 404, 404), Platform("Linux")]
    public void Each_model_tells_what_it_can(string model, int dump, int metrics)
    {
        using var server = Serve("--model", model);
        using var client = server.Connect();
        client.Get("/");
        client.ReceiveAnswer();

        Ask(server, "/healthz").Status.ShouldBe(200);
        Ask(server, "/readyz").Status.ShouldBe(200);
        Ask(server, "/dump").Status.ShouldBe(dump);
        var (status, text) = Ask(server, "/metrics");
        status.ShouldBe(metrics);
        text.ShouldContain(
            metrics == 200 ? "coroutines_server_requests_total{status=\"2xx\"} 1\n" : "--model processes"
        );
        server.Stop().ShouldBe(0);
    }

    [Test]
    public void A_port_in_use_is_told()
    {
        using var server = Serve();
        var port = AdminPort(server).ToString(CultureInfo.InvariantCulture);
        using var second = ServerProcess.Start("0", folder.Path, "--admin-port", port);

        second.WaitForExit().ShouldBe(1);

        second.Errors.Lines.ShouldHaveSingleItem().ShouldStartWith($"--admin-port: Port {port} is in use");
    }

    private ServerProcess Serve(params string[] options) =>
        ServerProcess.Serve(folder.Path, ["--admin-port", "0", .. options]);

    private static int AdminPort(ServerProcess server) =>
        new Uri(server.Output.WaitFor("Admin at ").Split(' ')[2]).Port;

    private static (int Status, string Content) Ask(
        ServerProcess server,
        string path,
        string? host = null,
        string fields = "",
        string method = "GET"
    )
    {
        var port = AdminPort(server);
        using var client = new WireClient(new(IPAddress.Loopback, port));
        client.Send(
            $"{method} {path} HTTP/1.1\r\nHost: {host ?? $"127.0.0.1:{port}"}\r\n{fields}Connection: close\r\n\r\n"
        );
        var status = int.Parse(client.ReceiveLine().Split(' ')[1], CultureInfo.InvariantCulture);
        client.ReceiveHead();
        return (status, Encoding.UTF8.GetString(client.ReceiveToEnd()));
    }
}
