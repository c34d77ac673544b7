using System.Globalization;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: limits, timeouts and the port are the same matter in each model, children included.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Model), nameof(Model.Names))]
[Parallelizable] // it waits for other processes most of the time
public sealed class ModelOptionScenarios(string model) : IDisposable
{
    // More than the system's buffers hold.
    private const int LargeBytes = 16_000_000;

    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Requests_beyond_its_limits_are_refused()
    {
        string[] limits =
        [
            .. (string[])["--max-request-line", "1024", "--max-head", "2048", "--max-fields", "16"],
            .. (string[])["--max-content", "10", "--head-timeout", "1"],
            .. (string[])["--max-requests", "1"],
        ];
        using var server = ServerProcess.Serve(folder.Path, ["--model", model, .. limits]);

        Refusal(server, $"GET /{new string('a', 1024)} HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBe(414);
        Refusal(server, $"GET / HTTP/1.1\r\nHost: a\r\nA: {new string('a', 2048)}\r\n\r\n").ShouldBe(431);
        Refusal(server, $"GET / HTTP/1.1\r\nHost: a\r\n{Repeated("A: b\r\n", 16)}\r\n").ShouldBe(431);
        Refusal(server, "GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 11\r\n\r\n01234567890").ShouldBe(413);
        Refusal(server, "GET / HTTP/1.1\r\nHo").ShouldBe(408);
        Refusal(server, "GET /a HTTP/1.1\r\nHost: a\r\n\r\n").ShouldBe(404); // and the server closes
    }

    [Test]
    public void A_client_that_does_not_keep_the_pace_is_let_go_and_links_are_followed()
    {
        folder.WriteBytes("large.bin", LargeBytes);
        string[] pace = ["--min-send-rate", "1000000000", "--rate-grace", "0.2", "--send-timeout", "3600"];
        Directory.CreateDirectory(folder.PathOf("root"));
        File.CreateSymbolicLink(folder.PathOf("root/large.bin"), "../large.bin");
        using var server = ServerProcess.Serve(
            folder.PathOf("root"),
            ["--model", model, "--access-log", "-", "--follow-links", .. pace]
        );
        using var client = new WireClient(
            new(System.Net.IPAddress.Loopback, server.Port),
            receiveBufferBytes: 16 * 1024
        );
        client.Get("/large.bin");
        client.ReceiveHead();
        server.Output.WaitFor("GET /large.bin");
        client.ReceiveToEnd().Length.ShouldBeLessThan(LargeBytes);
    }

    [Test]
    public void A_port_in_use_is_told()
    {
        using var first = ServerProcess.Serve(folder.Path, "--model", model);
        var port = first.Port.ToString(CultureInfo.InvariantCulture);
        using var second = ServerProcess.Start(port, folder.Path, "--model", model);

        second.WaitForExit().ShouldBe(1);

        second.Errors.Lines.ShouldHaveSingleItem().ShouldContain($"Port {port} is in use");
    }

    private static int Refusal(ServerProcess server, string request)
    {
        using var client = server.Connect();
        client.Send(request);
        var status = client.ReceiveLine().Split(' ')[1];
        client.ReceiveToEnd();
        return int.Parse(status, CultureInfo.InvariantCulture);
    }

    private static string Repeated(string text, int times) => string.Concat(Enumerable.Repeat(text, times));
}
