using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using Coroutines.Sockets;
using global::Server.Host;
using global::Server.Host.Debugger.Web;
using NLog;

namespace Coroutines.Tests.Debugger;

/// <summary>A web server that is studied, and the page that shows it, over real sockets; and a client of the page.</summary>
internal sealed class StudiedPage : IDisposable
{
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly LogFactory logs = new();
    private readonly HttpClient client = new() { Timeout = Patience };
    private readonly PageServer server;

    /// <param name="patience">How long the server stands still without a page; null: for ever.</param>
    /// <param name="clock">The page's time. By default the system's: a page is sent no more than ten states a second.</param>
    public StudiedPage(TimeSpan? patience = null, TimeProvider? clock = null)
    {
        var address = new Uri($"http://127.0.0.1:{Site.Port}/");
        var options = new PageOptions
        {
            Server = new IPEndPoint(IPAddress.Loopback, Site.Port),
            ServerAddress = address,
            Request = Encoding.ASCII.GetBytes("GET / HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n"),
            Patience = patience,
        };
        var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        server = new PageServer(Site.Study, listener, options, new Log(logs.GetLogger("page")), clock);
        client.BaseAddress = server.Address;
        client.DefaultRequestHeaders.ConnectionClose = true; // its own time may pass between two requests
    }

    public StudiedSite Site { get; } = new();

    public global::Server.Host.Debugger.Study Study => Site.Study;

    public Uri Address => server.Address;

    /// <summary>Has something done on the page's thread.</summary>
    public void Post(Action action) => server.Post(action);

    /// <summary>Asks for something beneath the page's address, or for a path.</summary>
    public HttpResponseMessage Get(string path, params (string Name, string Value)[] fields) =>
        Ask(HttpMethod.Get, path, content: null, fields);

    public JsonElement Json(string path)
    {
        using var answer = Get(path);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, path);
        return Read(answer);
    }

    /// <summary>Tells it something that it obeys, and returns what it says.</summary>
    public JsonElement Tell(string command)
    {
        using var answer = Post(command);
        var said = Read(answer);
        answer.StatusCode.ShouldBe(HttpStatusCode.OK, said.ToString());
        said.GetProperty("said").GetString().ShouldNotBeNullOrEmpty();
        return said;
    }

    /// <summary>Tells it something that is wrong, and returns what it says to that.</summary>
    public string Refused(string command)
    {
        using var answer = Post(command);
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        return Read(answer).GetProperty("wrong").GetString()!;
    }

    public HttpResponseMessage Post(
        string command,
        string? type = "application/json",
        params (string Name, string Value)[] fields
    )
    {
        var content = new ByteArrayContent(Encoding.UTF8.GetBytes(command));
        content.Headers.ContentType = type is null ? null : MediaTypeHeaderValue.Parse(type);
        return Ask(HttpMethod.Post, "commands", content, fields);
    }

    /// <summary>A page that is open.</summary>
    public StateReader Open() => new(Address);

    public void Dispose()
    {
        client.Dispose();
        server.Dispose();
        Site.Dispose();
        logs.Shutdown();
    }

    private HttpResponseMessage Ask(
        HttpMethod method,
        string path,
        HttpContent? content,
        (string Name, string Value)[] fields
    )
    {
        using var request = new HttpRequestMessage(method, path) { Content = content };
        foreach (var (name, value) in fields)
            request.Headers.TryAddWithoutValidation(name, value).ShouldBeTrue(name);
        return client.Send(request);
    }

    private static JsonElement Read(HttpResponseMessage answer)
    {
        using var text = answer.Content.ReadAsStream();
        using var document = JsonDocument.Parse(text);
        return document.RootElement.Clone();
    }
}
