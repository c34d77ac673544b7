using System.Globalization;

namespace Coroutines.Tests.Host;

/// <summary>Feature: out of descriptors, the server says so, waits, and goes on when there are some again.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Pollers), nameof(Pollers.Plain))]
public sealed class DescriptorScenarios : IDisposable
{
    // The runtime itself takes about sixty.
    private const int Limit = 128;
    private const int Clients = 150;

    private const int KeptOpenFrom = 64 * 1024; // smaller ones are in memory as a whole

    // More than the system's buffers hold between the two.
    private const int LargeBytes = 8_000_000;

    // To look again ten times a second is cheap; a spin takes a hundred.
    private const int WaitingTicks = 10;

    // The runtime compiles what was hot a little later, so not every second is quiet; a spin leaves none.
    private const int MaxSeconds = 5;

    private readonly SiteFolder folder = new();
    private readonly byte[] page;
    private readonly ServerProcess server;

    public DescriptorScenarios(string poller)
    {
        page = folder.WriteBytes("page.bin", 1_000);
        server = ServerProcess.ServeWithin(Limit, folder.Path, "--poller", poller, "--head-timeout", "600");
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [Test]
    public void It_warns_once_and_waits_and_serves_when_some_have_left()
    {
        var clients = WhenTooManyConnect();

        ThenItWaits();
        clients[..(Clients / 2)].ForEach(client => client.Dispose());

        foreach (var client in clients[(Clients / 2)..])
        {
            ThenItIsAnswered(client);
            client.Dispose();
        }
        ThenItEndsInGoodOrder();
    }

    [Test]
    public void Those_who_are_in_are_served_meanwhile()
    {
        var clients = WhenTooManyConnect();

        clients[..10].ForEach(ThenItIsAnswered);

        ThenItEndsInGoodOrder();
    }

    // The runtime handles a signal by a thread, and a thread takes it two descriptors.
    [Test]
    public void A_signal_ends_it_in_good_order_meanwhile()
    {
        WhenTooManyConnect();

        ThenItEndsInGoodOrder();
    }

    [Test]
    public void Files_that_are_kept_open_starve_nobody()
    {
        using (var client = server.Connect())
            foreach (var (name, content) in GivenLargeFiles())
                ThenItIsAnswered(client, name, content);

        using (var next = server.Connect())
            ThenItIsAnswered(next);

        ThenItEndsInGoodOrder(warnings: 0);
    }

    [Test]
    public void They_are_let_go_when_clients_find_none()
    {
        using (var client = server.Connect())
            foreach (var (name, content) in GivenLargeFiles())
                ThenItIsAnswered(client, name, content);

        WhenTooManyConnect();

        SpinWait.SpinUntil(() => !server.Holds(folder.Path), ServerProcess.Patience).ShouldBeTrue();
        ThenItEndsInGoodOrder();
    }

    // Each needs two descriptors, and a signal the runtime's.
    [Test]
    public void Those_who_are_sent_files_leave_it_enough_to_end_in_good_order()
    {
        var clients = WhenTooManyConnect();
        for (var client = 0; client < Clients; client++)
        {
            folder.WriteZeros(Name(client), LargeBytes);
            clients[client].Get("/" + Name(client));
        }
        clients[0].ReceiveHead();

        server.Signal(ServerProcess.SigQuit);
        server.Errors.WaitFor("Where the coroutines stand");
        server.Signal(ServerProcess.SigTerm);
        server.Errors.WaitFor("Stopping");

        clients[0].ReceiveToEnd().ShouldBeBytes(new byte[LargeBytes]);
        clients.ForEach(client => client.Dispose());
        server.WaitForExit().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldContain(line => line.Contains("Out of descriptors for files"));
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }

    private Dictionary<string, byte[]> GivenLargeFiles() =>
        Enumerable.Range(1, Limit).ToDictionary(Name, number => folder.WriteBytes(Name(number), KeptOpenFrom + number));

    private static string Name(int number) => string.Create(CultureInfo.InvariantCulture, $"{number}.bin");

    private List<WireClient> WhenTooManyConnect()
    {
        var clients = Enumerable.Range(0, Clients).Select(_ => server.Connect()).ToList();
        server.Errors.WaitFor("Out of descriptors");
        return clients;
    }

    private void ThenItWaits() =>
        Enumerable
            .Range(0, MaxSeconds)
            .Select(_ => server.TicksOfAnIdleSecond())
            .ShouldContain(ticks => ticks <= WaitingTicks);

    private void ThenItIsAnswered(WireClient client) => ThenItIsAnswered(client, "page.bin", page);

    private static void ThenItIsAnswered(WireClient client, string name, byte[] content)
    {
        client.Get("/" + name);
        client.ReceiveAnswer().Content.ShouldBeBytes(content);
    }

    private void ThenItEndsInGoodOrder(int warnings = 1)
    {
        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.Count(line => line.Contains("Out of descriptors with")).ShouldBe(warnings);
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }
}
