using System.Diagnostics;
using System.Net;
using System.Text;
using System.Text.Json;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Debugger;

/// <summary>Reads the states that a page is sent. Blocks, with a limit.</summary>
internal sealed class StateReader : IDisposable
{
    private readonly WireClient client;

    /// <param name="page">The page's address.</param>
    public StateReader(Uri page)
    {
        client = new WireClient(new IPEndPoint(IPAddress.Loopback, page.Port));
        client.Send($"GET {page.AbsolutePath}events HTTP/1.1\r\nHost: {page.Authority}\r\n\r\n");
        Head = Encoding.ASCII.GetString(client.ReceiveHead());
        Head.ShouldStartWith("HTTP/1.1 200 OK");
    }

    /// <summary>The head of the answer.</summary>
    public string Head { get; }

    /// <summary>The kind of the next event, and its content.</summary>
    public (string Kind, JsonElement Content) Next()
    {
        var (kind, content) = ("", "");
        while (client.ReceiveLine() is { Length: > 0 } line)
        {
            kind = line.StartsWith("event: ", StringComparison.Ordinal) ? line["event: ".Length..] : kind;
            content = line.StartsWith("data: ", StringComparison.Ordinal) ? line["data: ".Length..] : content;
        }
        using var document = JsonDocument.Parse(content);
        return (kind, document.RootElement.Clone());
    }

    /// <summary>Reads states until one is seen.</summary>
    public JsonElement Until(Func<JsonElement, bool> seen)
    {
        var began = Stopwatch.StartNew();
        var last = default(JsonElement);
        while (began.Elapsed < StudiedPage.Patience)
        {
            var (kind, content) = Next();
            if (kind != "state")
                continue;
            last = content;
            if (seen(content))
                return content;
        }
        throw new TimeoutException($"No such state came; the last was {last}.");
    }

    /// <summary>Reads states until it is in a mode.</summary>
    public JsonElement UntilMode(string mode) => Until(state => state.GetProperty("mode").GetString() == mode);

    public void Dispose() => client.Dispose();
}
