using Coroutines.Tests.Host;
using Coroutines.Tests.Models;

namespace Coroutines.Tests.Abuse;

/// <summary>Feature: clients that are slow on purpose, or come only to leave, keep nobody from being served, and when they
/// have gone nothing is left of them.</summary>
/// <remarks><see cref="Scale"/> says how to have more of them.</remarks>
[Platform("Linux")]
[Parallelizable]
public sealed class AbuseScenarios : IDisposable
{
    private const int LargeBytes = 10_000_000;

    // What rounds may differ by when nothing is kept: the collector takes its time.
    private const long RoundsMayDifferBytes = 48_000_000;

    private readonly SiteFolder folder = new();
    private readonly byte[] page;
    private readonly ServerProcess server;

    public AbuseScenarios()
    {
        page = folder.WriteBytes("page.bin", 1_000);
        folder.WriteBytes("large.bin", LargeBytes);
        server = ServerProcess.Serve(folder.Path);
    }

    public void Dispose()
    {
        server.Dispose();
        folder.Dispose();
    }

    [TestCaseSource(typeof(Misbehaviour), nameof(Misbehaviour.All))]
    public void Slow_clients_hold_nobody_up_and_leave_nothing_behind(object misbehaviour)
    {
        var before = WhenNobodyIsThere();
        var first = AfterSlowClients((Misbehaviour)misbehaviour, before);
        var second = AfterSlowClients((Misbehaviour)misbehaviour, before);

        TestContext.Out.WriteLine($"before: {before}; after them: {first}; after them again: {second}");
        (second.ResidentBytes - first.ResidentBytes).ShouldBeLessThan(RoundsMayDifferBytes);
        ThenItEndsInGoodOrder();
    }

    [Test]
    public void Connections_that_are_reset_at_once_leave_nothing_behind()
    {
        var before = WhenNobodyIsThere();
        WhenClientsReset(Scale.Connections / 2);
        var first = UntilTheyHaveGone(before);
        WhenClientsReset(Scale.Connections / 2);
        var second = UntilTheyHaveGone(before);

        TestContext.Out.WriteLine($"before: {before}; after half: {first}; after all {Scale.Connections}: {second}");
        (second.ResidentBytes - first.ResidentBytes).ShouldBeLessThan(RoundsMayDifferBytes);
        ThenItEndsInGoodOrder();
    }

    private Footprint WhenNobodyIsThere()
    {
        new OrdinaryClients(server, page).Ask(TimeSpan.Zero); // what is loaded with the first client stays
        return Footprint.Of(server.Id);
    }

    private Footprint AfterSlowClients(Misbehaviour misbehaviour, Footprint before)
    {
        var ordinary = new OrdinaryClients(server, page);
        var crowd = new SlowClients(server.Port, misbehaviour, Scale.Clients);
        try
        {
            crowd.HaveAllCome(ServerProcess.Patience).ShouldBeTrue("Not all of the crowd could connect.");
            ordinary.Ask(Scale.Abuse);
        }
        finally
        {
            crowd.Dispose();
        }
        crowd.Failures.ShouldBeEmpty();
        TestContext.Out.WriteLine(
            $"{Scale.Clients} slow with their {misbehaviour}, let go {crowd.LetGo} times; beside them "
                + $"{ordinary.Answers} answers, the slowest after {ordinary.Longest.TotalMilliseconds:F0} ms"
        );
        return UntilTheyHaveGone(before);
    }

    /// <summary>Some say nothing, some a part, some all that is to be said.</summary>
    private void WhenClientsReset(int clients)
    {
        for (var count = 0; count < clients; count++)
        {
            using var client = server.Connect();
            if (count % 3 > 0)
                client.Send("GET /page.bin HTTP/1.1\r\nHost: localhost\r\n");
            if (count % 3 > 1)
                client.Send("\r\n");
            client.Reset();
        }
        new OrdinaryClients(server, page).Ask(TimeSpan.Zero);
    }

    private Footprint UntilTheyHaveGone(Footprint before)
    {
        SpinWait.SpinUntil(
            () => Footprint.DescriptorsOf(server.Id) <= before.Descriptors + Children.RuntimesOwn,
            ServerProcess.Patience
        );
        var after = Footprint.Of(server.Id);
        after.Descriptors.ShouldBeLessThanOrEqualTo(before.Descriptors + Children.RuntimesOwn);
        return after;
    }

    private void ThenItEndsInGoodOrder()
    {
        server.Stop().ShouldBe(0, server.Errors.ToString());
        server.Errors.Lines.ShouldNotContain(line => line.Contains("ERROR"));
    }
}
