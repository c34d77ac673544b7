namespace Coroutines.Tests.Host;

/// <summary>Feature: out of descriptors, the server says so, waits, and goes on when there are some again.</summary>
[Platform("Linux")]
[TestFixtureSource(typeof(Pollers), nameof(Pollers.Plain))]
public sealed class DescriptorScenarios : IDisposable
{
    // The runtime itself takes about sixty.
    private const int Limit = 128;
    private const int Clients = 150;

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

    private void ThenItIsAnswered(WireClient client)
    {
        client.Get("/page.bin");
        client.ReceiveAnswer().Content.ShouldBeBytes(page);
    }

    private void ThenItEndsInGoodOrder()
    {
        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.Count(line => line.Contains("Out of descriptors")).ShouldBe(1);
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }
}
