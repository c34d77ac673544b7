using System.Text;
using Coroutines.Sockets;
using Coroutines.Testing;
using Coroutines.Tests.Server.Files;
using NLog;
using Server.Host;
using Server.Host.Files;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: to answer with a cached file allocates nothing, from the wait to the wait.</summary>
public sealed class AnswerAllocationScenarios : IDisposable
{
    private const int Requests = 1_000;

    private readonly ManualClock clock = new(new(2100, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private readonly TemporaryFolder folder = new();
    private readonly LogFactory logs = new();
    private readonly ScriptedPoller poller;
    private readonly Scheduler scheduler;
    private readonly FileCache cache;
    private readonly HttpSite site;

    public AnswerAllocationScenarios()
    {
        poller = new(clock);
        scheduler = new(poller, clock);
        cache = new(FileRoot.At(folder.Root), clock, new());
        site = new(cache, new(), new(), new Log(logs.GetLogger("server")), new NoAccessLog(), clock);
    }

    public void Dispose()
    {
        scheduler.Dispose();
        cache.Dispose();
        logs.Dispose();
        folder.Dispose();
    }

    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", 5)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", 40_000)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\n\r\n", 100_000)]
    [TestCase("HEAD /a HTTP/1.1\r\nHost: a\r\n\r\n", 5)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nIf-None-Match: *\r\n\r\n", 5)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nIf-Match: \"x\"\r\n\r\n", 5)]
    [TestCase("POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 5)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=1-3\r\n\r\n", 5)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=-60000\r\n\r\n", 60_500)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=1-99\r\n\r\n", 100_000)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=1-3,5-7\r\n\r\n", 100)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=1-3,5-7\r\n\r\n", 100_000)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=100-\r\n\r\n", 100)]
    public void An_answer_allocates_nothing(string request, int lengthBytes)
    {
        folder.Write("a", new string('x', lengthBytes));
        ThenItAllocatesNothing(request);
    }

    private void ThenItAllocatesNothing(string request)
    {
        var transport = new RepeatingTransport(poller, Encoding.Latin1.GetBytes(request));
        scheduler.Spawn(new HttpConnection(new Connection(transport), site).Serve());
        WhenItAsks(transport, 100);
        using var quiet = new NoCollections();
        var (before, receivedBefore) = (GC.GetAllocatedBytesForCurrentThread(), transport.ReceivedBytes);
        WhenItAsks(transport, Requests);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
        transport.ReceivedBytes.ShouldBeGreaterThan(receivedBefore + (Requests * 100));
    }

    [TestCase("GET /a.css", "br", 5_000)]
    [TestCase("GET /a.css", "gzip;q=0.5, *;q=0.1", 5_000)]
    [TestCase("GET /a.css", "gzip", 100_000)]
    [TestCase("HEAD /a.css", "br", 5_000)]
    [TestCase("GET /a.css", "br\r\nIf-None-Match: *", 5_000)]
    [TestCase("GET /a.css", "identity;q=0", 5_000)]
    [TestCase("GET /b.css", "gzip, br, zstd", 5_000)]
    [TestCase("GET /b.css", "zstd\r\nRange: bytes=1-2", 5_000)]
    [TestCase("GET /only.css", "br", 5_000)]
    [TestCase("GET /none", "br", 5_000)]
    public void An_answer_in_any_coding_allocates_nothing(string line, string accepted, int lengthBytes)
    {
        foreach (var name in (string[])["a.css", "b.css", "404.html"])
            folder.Write(name, new string('x', lengthBytes));
        foreach (var name in (string[])["b.css.zst", "b.css.br", "only.css.br"])
            folder.Write(name, "coded");
        ThenItAllocatesNothing($"{line} HTTP/1.1\r\nHost: a\r\nAccept-Encoding: {accepted}\r\n\r\n");
    }

    private void WhenItAsks(RepeatingTransport transport, int requests)
    {
        transport.Ask(requests);
        for (var turn = 0; turn < requests * 10; turn++)
            scheduler.Turn(TimeSpan.Zero);
        if (!transport.IsSilent)
            throw new InvalidOperationException("All requests must be answered by now.");
    }
}
