using System.Diagnostics;
using System.Net;

namespace Coroutines.Tests.Host;

/// <summary>Feature: a client that is silent, slow or reads nothing holds nobody up.</summary>
[TestFixtureSource(typeof(Pollers), nameof(Pollers.All))]
public sealed class CrowdScenarios : IDisposable
{
    private const int Clients = 200;
    private const int Rounds = 3;
    private const int LargeBytes = 5_000_000;
    private const int SmallBuffer = 16 * 1024;
    private const string SlowRequest =
        "GET /page.bin HTTP/1.1\r\nHost: localhost\r\nUser-Agent: a very slow one\r\n\r\n";

    private readonly SiteFolder folder = new();
    private readonly byte[] page;
    private readonly byte[] large;
    private readonly ServerProcess server;
    private readonly List<WireClient> crowd;

    public CrowdScenarios(string poller)
    {
        page = folder.WriteBytes("page.bin", 10_000);
        large = folder.WriteBytes("large.bin", LargeBytes);
        server = ServerProcess.Serve(folder.Path, "--poller", poller, "--head-timeout", "60");
        crowd = [.. Enumerable.Range(0, Clients).Select(_ => server.Connect())];
    }

    public void Dispose()
    {
        crowd.ForEach(client => client.Dispose());
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void Two_hundred_clients_get_every_byte_beside_three_bad_ones()
    {
        WhenTheCrowdAsks(() => { }); // the runtime compiles what is hot
        var alone = WhenTheCrowdAsks(() => { });

        using var silent = server.Connect();
        using var stuck = new WireClient(new(IPAddress.Loopback, server.Port), SmallBuffer);
        using var slow = server.Connect();
        stuck.Get("/large.bin");
        var typed = 0;
        var beside = WhenTheCrowdAsks(() => Type(slow, ref typed));

        slow.Send(SlowRequest[typed..]);
        slow.ReceiveAnswer().Content.ShouldBeBytes(page);
        stuck.ReceiveAnswer().Content.ShouldBeBytes(large);
        silent.Get("/page.bin");
        silent.ReceiveAnswer().Content.ShouldBeBytes(page);
        TestContext.Out.WriteLine(
            $"{Clients * Rounds} answers alone: {alone.TotalMilliseconds:F0} ms; beside: {beside.TotalMilliseconds:F0} ms"
        );
    }

    /// <summary>All ask before the first reads its answer; between them, something else happens.</summary>
    private TimeSpan WhenTheCrowdAsks(Action between)
    {
        var start = Stopwatch.GetTimestamp();
        for (var round = 0; round < Rounds; round++)
        {
            foreach (var client in crowd)
            {
                client.Get("/page.bin");
                between();
            }
            foreach (var client in crowd)
                client.ReceiveAnswer().Content.ShouldBeBytes(page);
        }
        return Stopwatch.GetElapsedTime(start);
    }

    // A byte at a time, and never the last one.
    private static void Type(WireClient slow, ref int typed)
    {
        if (typed < SlowRequest.Length - 1)
            slow.Send(SlowRequest.Substring(typed++, 1));
    }
}
