using Coroutines.Sockets;
using Coroutines.Testing;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: clients are accepted up to a limit, and a system at its own limit is waited out.</summary>
public sealed class AcceptScenarios : HttpFixture
{
    private const int MaxRefusals = 64;

    [Test]
    public void Many_clients_at_once_are_all_accepted()
    {
        MaxConnections = 1_000;
        var peers = WhenClientsConnect(1_000);
        ThenTheyAreServed(peers);
        Served.Messages.ShouldBeEmpty();
    }

    [Test]
    public void A_client_above_the_limit_is_told_to_come_back()
    {
        MaxConnections = 2;
        WhenClientsConnect(2);
        var refused = WhenClientsConnect(1)[0];
        var answer = Answer.ReadAll(refused.ReceivedText).ShouldHaveSingleItem();
        answer.Status.ShouldBe(503);
        (answer["Retry-After"], answer["Connection"]).ShouldBe(("5", "close"));
        (refused.IsHalfClosed, refused.IsClosed).ShouldBe((true, false));
        WhenSecondsPass(2);
        refused.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_place_that_becomes_free_is_given_away()
    {
        MaxConnections = 1;
        var first = WhenClientsConnect(1)[0];
        first.HalfCloses();
        WhenAllIsDone();
        ThenTheyAreServed(WhenClientsConnect(1));
    }

    [Test]
    public void Those_who_are_refused_take_no_place()
    {
        MaxConnections = 1;
        var first = WhenClientsConnect(1)[0];
        WhenClientsConnect(10); // who linger
        first.HalfCloses();
        WhenAllIsDone();
        ThenTheyAreServed(WhenClientsConnect(1));
    }

    [Test]
    public void A_burst_of_clients_above_the_limit_is_one_line_in_the_log()
    {
        MaxConnections = 1;
        WhenClientsConnect(20);
        ThenItIsLogged("Warn More than 1 connections: clients are answered 503. --max-connections sets the limit.");
        WhenSecondsPass(30);
        WhenClientsConnect(20);
        Served.Messages.Count.ShouldBe(2);
    }

    [Test]
    public void A_site_that_no_option_is_about_is_named_instead()
    {
        var site = new HttpSite(Served.Cache, new(), new(), Served.Site.Log, new NoAccessLog(), Simulation.Clock)
        {
            Name = "the debugger's page",
        };
        var listener = Simulation.Listen();
        Simulation.Scheduler.Spawn(new HttpServer(site, 1, ServedSite.Grace).Serve([listener.Listener]), "page");
        listener.Connects();
        listener.Connects();
        WhenAllIsDone();
        ThenItIsLogged("Warn More than 1 connections to the debugger's page: clients are answered 503.");
    }

    [Test]
    public void Far_more_clients_than_the_limit_wait_in_the_backlog()
    {
        MaxConnections = 1;
        var peers = WhenClientsConnect(200);
        Served.Site.Connections.Count.ShouldBe(1 + MaxRefusals);
        ThenTurnsPerSecondAreFew();
        WhenSecondsPass(30);
        peers.ShouldAllBe(peer => peer.ReceivedText.StartsWith("HTTP/1.1 503") || peer == peers[0]);
        Served.Site.Connections.ShouldBeEmpty();
    }

    [Test]
    public void A_refused_client_that_does_not_read_holds_no_place_for_long()
    {
        MaxConnections = 1;
        WhenClientsConnect(1);
        var deaf = Served.Listener.Connects();
        deaf.Window = 0;
        WhenAllIsDone();
        WhenSecondsPass(30);
        deaf.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void Out_of_descriptors_accepting_pauses_and_goes_on()
    {
        GivenAFile("a", "hello");
        GivenFailures(AcceptResult.OutOfDescriptors, 3);
        var peer = Served.Listener.Connects();
        peer.Sends(Get("/a"));
        WhenAllIsDone();
        WhenTimePasses(TimeSpan.FromMilliseconds(299));
        peer.ReceivedText.ShouldBeEmpty();
        WhenTimePasses(Tick);
        peer.ReceivedText.ShouldEndWith("hello");
        ThenItIsLogged(
            "Warn Out of descriptors with 0 connections: accepting pauses until some close. 'ulimit -n' sets the limit."
        );
    }

    [Test]
    public void Out_of_descriptors_nothing_spins_and_one_line_is_logged()
    {
        GivenFailures(AcceptResult.OutOfDescriptors, 1_000);
        WhenAllIsDone();
        ThenTurnsPerSecondAreFew();
        Served.Messages.Count.ShouldBe(1);
    }

    [Test]
    public void A_client_that_has_gone_again_holds_up_nobody()
    {
        GivenAFile("a", "hello");
        GivenFailures(AcceptResult.Aborted, 100);
        ThenTheyAreServed(WhenClientsConnect(10));
        Served.Messages.ShouldBeEmpty();
    }

    [Test]
    public void A_failure_of_the_system_is_logged_once_as_what_it_is_and_does_not_spin()
    {
        var listener = Simulation.Listen();
        var server = new HttpServer(Served.Site, 10, TimeSpan.FromSeconds(1));
        Simulation.Scheduler.Spawn(server.Serve([new Listener(new FailingAcceptor(listener))]));
        listener.Connects();
        WhenAllIsDone();
        ThenTurnsPerSecondAreFew();
        ThenItIsLogged("Error A client could not be accepted.");
    }

    private void GivenFailures(AcceptResult result, int count)
    {
        for (var i = 0; i < count; i++)
            Served.Listener.FailsToAccept(result);
    }

    private ScriptedPeer[] WhenClientsConnect(int count)
    {
        var peers = Enumerable.Range(0, count).Select(_ => Served.Listener.Connects()).ToArray();
        WhenAllIsDone();
        return peers;
    }

    private void ThenTheyAreServed(ScriptedPeer[] peers)
    {
        foreach (var peer in peers)
            peer.Sends(Get("/missing"));
        WhenAllIsDone();
        peers.ShouldAllBe(peer => peer.ReceivedText.StartsWith("HTTP/1.1 404"));
    }

    private void ThenTurnsPerSecondAreFew()
    {
        var before = Simulation.Scheduler.Turns;
        WhenSecondsPass(1);
        (Simulation.Scheduler.Turns - before).ShouldBeLessThan(100);
    }

    private void ThenItIsLogged(string message) => Served.Messages.ShouldHaveSingleItem().ShouldBe(message);
}
