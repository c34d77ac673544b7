using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.SeveralWorkers;

/// <summary>Feature: with <c>--workers</c> several threads serve one address, each its own clients, and together they are one
/// server.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Pollers), nameof(Pollers.All))]
[Parallelizable] // it waits for another process most of the time
public sealed partial class WorkerScenarios(string poller) : IDisposable
{
    // Each goes to either worker by a hash: that all go to one has a chance of 2 in 2^64.
    private const int Clients = 64;

    // More than the system's buffers hold between the two, so that the client decides when the answer has been sent.
    private const int LargeBytes = 6_000_000;
    private const int SmallBuffer = 16 * 1024;

    private readonly SiteFolder folder = new();
    private readonly List<WireClient> clients = [];
    private ServedByTwo? served;

    public void Dispose()
    {
        clients.ForEach(client => client.Dispose());
        served?.Dispose();
        folder.Dispose();
    }

    private ServerProcess Server => served!.Process;

    [Test]
    public void Both_take_load_and_answer_alike()
    {
        var page = folder.WriteBytes("page.bin", 1_000);
        GivenAServer();
        WhenClientsConnect(Clients);

        foreach (var client in clients)
            Ask(client, "/page.bin").Content.ShouldBeBytes(page);

        var answered = served!.Metric("coroutines_server_requests_total", ",status=\"2xx\"");
        answered.Sum().ShouldBe(Clients);
        answered.ShouldAllBe(count => count > 0);
        served.Metric("coroutines_server_connections").Sum().ShouldBe(Clients);
        Server.Stop().ShouldBe(0);
    }

    [Test]
    public void A_changed_file_is_seen_by_both()
    {
        folder.WriteText("page.txt", "old");
        GivenAServer();
        WhenClientsConnect(Clients);
        clients.ForEach(client => Ask(client, "/page.txt"));

        folder.WriteText("page.txt", "new");

        foreach (var client in clients)
            SpinWait
                .SpinUntil(
                    () => Ask(client, "/page.txt").Content.SequenceEqual("new"u8.ToArray()),
                    ServerProcess.Patience
                )
                .ShouldBeTrue();
    }

    [Test]
    public void The_limit_of_connections_is_that_of_both()
    {
        folder.WriteText("index.html", "welcome");
        GivenAServer("--max-connections", "10");
        WhenClientsConnect(Clients);

        var statuses = clients.ConvertAll(client => Ask(client, "/").Status);

        statuses.Count(status => status == 200).ShouldBe(10);
        statuses.Count(status => status == 503).ShouldBe(Clients - 10);
    }

    [Test]
    public void So_is_that_of_one_address()
    {
        folder.WriteText("index.html", "welcome");
        GivenAServer("--max-per-address", "5");
        WhenClientsConnect(Clients);

        clients.Count(client => Ask(client, "/").Status == 200).ShouldBe(5);

        clients.ForEach(client => client.Dispose());
        clients.Clear();
        ThenThereAre(0);
        WhenClientsConnect(1);
        Ask(clients[0], "/").Status.ShouldBe(200);
    }

    // More than there are places to be told so: those of either worker wait in its backlog.
    [Test]
    public void Of_those_who_wait_while_it_is_full_none_is_forgotten()
    {
        folder.WriteText("index.html", "welcome");
        GivenAServer("--max-connections", "1");
        WhenClientsConnect(3 * Clients);

        foreach (var client in clients)
        {
            Ask(client, "/").Status.ShouldBeOneOf(200, 503);
            client.Dispose();
        }

        Server.Stop().ShouldBe(0);
    }

    [Test]
    public void Out_of_descriptors_both_wait_and_go_on_when_some_have_left()
    {
        const int Limit = 180; // the runtime itself takes about sixty
        var page = folder.WriteBytes("page.bin", 1_000);
        served = ServedByTwo.ServeWithin(Limit, folder, "--poller", poller, "--head-timeout", "600");
        WhenClientsConnect(Limit + Clients);
        Server.Errors.WaitFor("Out of descriptors");

        clients[..Limit].ForEach(client => client.Dispose());

        foreach (var client in clients[Limit..])
            Ask(client, "/page.bin").Content.ShouldBeBytes(page);
        Server.Stop().ShouldBe(0, Server.Errors.ToString());
        Server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }

    [Test]
    public void Answers_under_way_are_finished_by_both()
    {
        const int Readers = 16;
        var large = folder.WriteBytes("large.bin", LargeBytes);
        GivenAServer("--grace", "3600");
        for (var reader = 0; reader < Readers; reader++)
            clients.Add(new(new(System.Net.IPAddress.Loopback, Server.Port), SmallBuffer));
        foreach (var client in clients)
        {
            client.Get("/large.bin");
            client.ReceiveHead();
        }
        WhenClientsConnect(Clients); // who idle
        ThenThereAre(Readers + Clients); // those in a backlog would be reset

        Server.Signal(ServerProcess.SigTerm);
        Server.Errors.WaitFor("worker 1: Stopping");
        Server.Errors.WaitFor("worker 2: Stopping");

        clients[..Readers].ForEach(client => client.ReceiveToEnd().ShouldBeBytes(large));
        clients[Readers..].ForEach(client => client.ReceiveToEnd().ShouldBeEmpty());
        Server.WaitForExit().ShouldBe(0);
    }

    [Test]
    public void Lines_of_the_access_log_are_whole_and_those_of_a_client_in_order()
    {
        const int Rounds = 50;
        var log = folder.PathOf("access.log");
        folder.WriteText("index.html", "welcome");
        GivenAServer("--access-log", log);
        WhenClientsConnect(Clients);

        for (var round = 0; round < Rounds; round++)
        {
            for (var client = 0; client < Clients; client++)
                clients[client].Get(Target(client, round));
            clients.ForEach(client => client.ReceiveAnswer());
        }
        Server.Stop().ShouldBe(0);

        var lines = File.ReadAllLines(log).Select(line => Line().Match(line)).ToList();
        lines.ShouldAllBe(line => line.Success);
        lines.Count.ShouldBe(Clients * Rounds);
        foreach (var ofClient in lines.GroupBy(line => line.Groups["client"].Value))
            ofClient.Select(line => int.Parse(line.Groups["round"].ValueSpan)).ShouldBe(Enumerable.Range(0, Rounds));
    }

    [Test]
    public void A_port_in_use_is_told_though_the_port_is_shared()
    {
        GivenAServer();
        var port = Server.Port.ToString(CultureInfo.InvariantCulture);
        foreach (var workers in (string[])["1", "2"])
        {
            using var second = ServerProcess.Start(port, folder.Path, "--workers", workers);

            second.WaitForExit().ShouldBe(1);
            second.Errors.Lines.ShouldHaveSingleItem().ShouldContain($"Port {port} is in use");
        }
    }

    [Test]
    public void Dumps_are_those_of_each()
    {
        GivenAServer();

        Server.Signal(ServerProcess.SigQuit);

        Server.Errors.WaitFor("worker 1: Where the coroutines stand:");
        Server.Errors.WaitFor("worker 2: Where the coroutines stand:");
        var text = served!.Ask("/dump");
        text.ShouldStartWith("worker 1:\nTurn ");
        text.ShouldContain("\nworker 2:\nTurn ");
        using var json = JsonDocument.Parse(served.Ask("/dump.json"));
        foreach (var worker in (string[])["worker 1", "worker 2"])
            json.RootElement.GetProperty(worker).GetProperty("coroutines").GetArrayLength().ShouldBeGreaterThan(2);
        served.Ask("/healthz").ShouldBe("alive\n");
        served.Ask("/readyz").ShouldBe("ready\n");
        Server.Stop().ShouldBe(0);
    }

    private void GivenAServer(params string[] options) =>
        served = ServedByTwo.Serve(folder, ["--poller", poller, .. options]);

    private void WhenClientsConnect(int count) => clients.AddRange(served!.Connect(count));

    private void ThenThereAre(int connections) =>
        SpinWait
            .SpinUntil(
                () => served!.Metric("coroutines_server_connections").Sum() == connections,
                ServerProcess.Patience
            )
            .ShouldBeTrue();

    private static Answer Ask(WireClient client, string path)
    {
        client.Get(path);
        return client.ReceiveAnswer();
    }

    private static string Target(int client, int round) =>
        string.Create(CultureInfo.InvariantCulture, $"/?client={client}&round={round}");

    [GeneratedRegex(
        """^127\.0\.0\.1 - - \[[^]]*\] "GET /\?client=(?<client>\d+)&round=(?<round>\d+) HTTP/1\.1" 200 7 "-" "-"$"""
    )]
    private static partial Regex Line();
}
