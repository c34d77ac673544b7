using System.Globalization;
using Coroutines.Tests.Docs;

namespace Coroutines.Tests.Host;

/// <summary>Feature: thousands of idle connections cost no processor time, and are answered when they ask.</summary>
[Platform("Linux")]
public sealed class IdleConnectionScenarios
{
    private const int Connections = 5_000;
    private const int DescriptorsNeeded = 12_000;

    // A spin takes a hundred. The runtime's own threads may wake up once or twice.
    private const int IdleTicks = 2;

    // The runtime compiles what was hot a little later: the first second may not be idle.
    private const int MaxSeconds = 5;

    [TestCaseSource(typeof(Pollers), nameof(Pollers.Plain))]
    public void A_server_without_clients_uses_no_processor_time(string poller)
    {
        using var server = ServerProcess.Serve(Repository.Site, "--poller", poller);

        ThenItIsIdle(server);
    }

    [Test]
    public void Five_thousand_idle_connections_are_held()
    {
        NeedsDescriptors();
        using var folder = new SiteFolder();
        var page = folder.WriteBytes("page.bin", 1_000);
        using var server = ServerProcess.Serve(folder.Path, "--head-timeout", "600", "--idle-timeout", "600");
        var clients = Enumerable.Range(0, Connections).Select(_ => server.Connect()).ToList();

        ThenAllAreAnswered(clients, page);
        ThenItIsIdle(server);
        ThenAllAreAnswered(clients, page);

        clients.ForEach(client => client.Dispose());
        server.Stop().ShouldBe(0);
    }

    private static void ThenAllAreAnswered(List<WireClient> clients, byte[] page)
    {
        clients.ForEach(client => client.Get("/page.bin"));
        clients.ForEach(client => client.ReceiveAnswer().Content.ShouldBeBytes(page));
    }

    private static void ThenItIsIdle(ServerProcess server)
    {
        var ticks = new List<int>();
        do ticks.Add(server.TicksOfAnIdleSecond());
        while (ticks[^1] > IdleTicks && ticks.Count < MaxSeconds);
        ticks[^1].ShouldBeLessThanOrEqualTo(IdleTicks, $"Ticks of each second: {string.Join(' ', ticks)}");
    }

    // The runtime has raised its own limit to the hard one already; the server inherits that.
    private static void NeedsDescriptors()
    {
        var limit = File.ReadLines("/proc/self/limits").First(line => line.StartsWith("Max open files"));
        var hard = limit.Split(' ', StringSplitOptions.RemoveEmptyEntries)[4];
        if (hard != "unlimited" && int.Parse(hard, CultureInfo.InvariantCulture) < DescriptorsNeeded)
            Assert.Ignore($"The hard limit of descriptors is {hard}: run under 'ulimit -n {DescriptorsNeeded}'.");
    }
}
