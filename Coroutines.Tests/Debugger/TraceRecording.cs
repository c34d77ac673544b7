using System.Net;
using System.Text;
using System.Text.Json;
using Coroutines.Tests.Docs;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Debugger;

/// <summary>Records the trace that the docs show. It is no scenario, and runs only if it is asked for by its name; in a Debug
/// build, which has all variables.</summary>
[Explicit("It writes docs/debugger-trace.html, and takes the ports 30000 and 30001.")]
public sealed class TraceRecording : IDisposable
{
    private static readonly IPEndPoint Site = new(IPAddress.Loopback, 30_000);

    private readonly SiteFolder folder = new();
    private readonly ServerProcess server;
    private readonly StateReader page;
    private long last = 1;

    public TraceRecording()
    {
        folder.WriteText("index.html", new string('x', 3_000));
        server = ServerProcess.Start("30000", folder.Path, "--debugger", "--paused");
        page = new StateReader(server.DebuggerAddress); // so that one is open all the while
    }

    public void Dispose()
    {
        page.Dispose();
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Half_a_request_the_rest_of_it_and_an_answer_in_pieces()
    {
        Tell("""{"do":"faults","send":1000}""");
        StepUntil(moment => WouldBlock(moment));
        using var client = new WireClient(Site);
        client.Send("GET /ind");
        StepUntil(moment => Wires(moment).Any(wire => wire.GetProperty("read").GetInt64() == 8));
        using var other = new WireClient(Site);
        client.Send("ex.html HTTP/1.1\r\nHost: localhost\r\n\r\n");
        StepUntil(moment => Wires(moment).Any(wire => wire.GetProperty("sent").GetInt64() > 3_000));
        client.ReceiveAnswer();
        client.Dispose();
        other.Dispose();
        StepUntil(moment => !Wires(moment).Any());

        using var web = new HttpClient();
        File.WriteAllText(
            Path.Combine(Repository.Root, "docs", "debugger-trace.html"),
            web.GetStringAsync(new Uri(server.DebuggerAddress, "trace.html")).Result
        );
    }

    private void StepUntil(Func<JsonElement, bool> seen)
    {
        for (var moment = Shown(); !seen(moment); moment = Shown())
        {
            Tell("""{"do":"step"}""");
            last++;
        }
    }

    // Each reader is told the state that there is first: whoever looks twice at one looks by another reader.
    private JsonElement Shown()
    {
        using var page = new StateReader(server.DebuggerAddress);
        return page.Until(state => state.GetProperty("last").GetInt64() == last).GetProperty("moment");
    }

    private void Tell(string command)
    {
        using var web = new HttpClient();
        using var content = new StringContent(command, Encoding.UTF8, "application/json");
        using var answer = web.PostAsync(new Uri(server.DebuggerAddress, "commands"), content).Result;
        answer.EnsureSuccessStatusCode();
    }

    private static bool WouldBlock(JsonElement moment) =>
        moment.GetProperty("phase").GetString() == "poll"
        && moment.GetProperty("sets").GetProperty("wouldBlock").GetBoolean();

    private static JsonElement.ArrayEnumerator Wires(JsonElement moment) =>
        moment.GetProperty("network").EnumerateArray();
}
