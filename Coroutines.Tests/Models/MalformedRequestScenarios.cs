using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: a malformed request ends no server and no other client's connection, whoever runs it. (Where a field
/// is used before it is checked, it ends the whole server, or of the model with processes one child.)</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Model), nameof(Model.Names))]
[Parallelizable] // it waits for other processes most of the time
public sealed class MalformedRequestScenarios(string model) : IDisposable
{
    private static readonly string[] Malformed =
    [
        "\r\n\r\n\r\n",
        " \r\n\r\n",
        "GET\r\n\r\n",
        "GET \r\n\r\n",
        "GET  HTTP/1.1\r\n\r\n",
        "GET /page.bin\r\n\r\n",
        "GET /page.bin HTTP/\r\n\r\n",
        "GET /page.bin HTTP/1.1\r\nHost\r\n\r\n",
        "GET /page.bin HTTP/1.1\r\n: localhost\r\n\r\n",
        "GET /page.bin HTTP/1.1\r\nHost: localhost\r\nContent-Length: -1\r\n\r\n",
        "GET http:// HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET ? HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "GET % HTTP/1.1\r\nHost: localhost\r\n\r\n",
        "\0\0\0\0\r\n\r\n",
        "\u0016\u0003\u0001\u0002\0\u0001\0\u0001\u00fc\u0003\u0003", // the beginning of TLS
    ];

    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void It_is_refused_and_everybody_else_is_served()
    {
        var page = folder.WriteBytes("page.bin", 1_000);
        using var server = ServerProcess.Serve(folder.Path, "--model", model);
        using var other = model == Model.Iterative ? null : server.Connect();
        other?.Get("/page.bin");
        other?.ReceiveAnswer().Content.ShouldBeBytes(page);

        foreach (var request in Malformed)
        {
            using var client = server.Connect();
            client.Send(request);
            client.HalfClose();
            client.ReceiveToEnd();
        }

        using var next = server.Connect();
        foreach (var client in (WireClient?[])[other, next])
        {
            client?.Get("/page.bin");
            client?.ReceiveAnswer().Content.ShouldBeBytes(page);
        }
        server.Errors.Lines.ShouldNotContain(line => line.Contains("WARN") || line.Contains("ERROR"));
    }
}
