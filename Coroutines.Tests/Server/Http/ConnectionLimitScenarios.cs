using System.Net;
using Coroutines.Testing;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: connections of one address, and requests of one connection, can be limited.</summary>
public sealed class ConnectionLimitScenarios : HttpFixture
{
    [Test]
    public void By_default_an_address_has_as_many_connections_as_it_likes()
    {
        var clients = Enumerable.Range(0, 90).Select(_ => WhenItConnects("192.0.2.1")).ToList();
        clients.ForEach(ThenItIsServed);
    }

    [Test]
    public void One_connection_more_is_told_to_come_back()
    {
        MaxPerAddress = 2;
        ThenItIsServed(WhenItConnects("192.0.2.1"));
        ThenItIsServed(WhenItConnects("192.0.2.1"));
        var answer = Answer.ReadAll(WhenItConnects("192.0.2.1").ReceivedText).ShouldHaveSingleItem();
        answer.Status.ShouldBe(503);
        (answer["Retry-After"], answer["Connection"]).ShouldBe(("5", "close"));
    }

    [Test]
    public void Other_addresses_have_their_own()
    {
        MaxPerAddress = 1;
        ThenItIsServed(WhenItConnects("192.0.2.1"));
        ThenItIsServed(WhenItConnects("192.0.2.2"));
        ThenItIsServed(WhenItConnects("2001:db8:0:1::1"));
        ThenItIsServed(WhenItConnects("2001:db8:0:2::1"));
    }

    [TestCase("2001:db8:0:1::1", "2001:db8:0:1:2:3:4:5")]
    [TestCase("192.0.2.1", "::ffff:192.0.2.1")]
    public void Addresses_that_are_one_client_are_one(string first, string second)
    {
        MaxPerAddress = 1;
        ThenItIsServed(WhenItConnects(first));
        WhenItConnects(second).ReceivedText.ShouldStartWith("HTTP/1.1 503");
    }

    [Test]
    public void A_connection_that_ends_gives_its_place_back()
    {
        MaxPerAddress = 1;
        for (var round = 0; round < 5; round++)
        {
            var client = WhenItConnects("192.0.2.1");
            ThenItIsServed(client);
            WhenItConnects("192.0.2.1").Resets();
            client.HalfCloses();
            WhenAllIsDone();
        }
        Served.Site.Addresses!.Addresses.ShouldBe(0);
    }

    [Test]
    public void Those_who_are_refused_take_none_of_their_places()
    {
        MaxPerAddress = 1;
        var first = WhenItConnects("192.0.2.1");
        for (var client = 0; client < 10; client++)
            WhenItConnects("192.0.2.1").ReceivedText.ShouldStartWith("HTTP/1.1 503");
        first.HalfCloses();
        WhenAllIsDone();
        ThenItIsServed(WhenItConnects("192.0.2.1"));
    }

    [Test]
    public void However_many_come_from_one_address_others_are_let_in()
    {
        (MaxConnections, MaxPerAddress) = (2, 1);
        ThenItIsServed(WhenItConnects("192.0.2.1"));
        var refused = Enumerable.Range(0, 2 * HttpServer.MaxRefusals).Select(_ => WhenItConnects("192.0.2.1")).ToList();

        ThenItIsServed(WhenItConnects("192.0.2.2"));

        refused.Count(client => client.ReceivedText.StartsWith("HTTP/1.1 503")).ShouldBe(HttpServer.MaxRefusals);
        refused.Count(client => client.IsClosed).ShouldBe(HttpServer.MaxRefusals);
    }

    [Test]
    public void A_burst_is_one_line_in_the_log()
    {
        MaxPerAddress = 1;
        for (var client = 0; client < 20; client++)
            WhenItConnects("192.0.2.1");
        Served
            .Messages.ShouldHaveSingleItem()
            .ShouldBe(
                "Warn More than 1 connections from one address, of 192.0.2.1:40000 for one: it is answered 503. "
                    + "--max-per-address sets the limit."
            );
    }

    [Test]
    public void The_last_request_that_is_allowed_ends_the_connection()
    {
        Limits = new RequestLimits { Requests = 3 };
        GivenAFile("a", "hello");
        WhenItSends(Get("/a"));
        WhenItSends(Get("/a"));
        Answers[^1].Has("Connection").ShouldBeFalse();
        WhenItSends(Get("/a"));
        ThenTheStatusesAre(200, 200, 200);
        Answers[^1]["Connection"].ShouldBe("close");
        ThenItLingers();
    }

    [Test]
    public void Requests_behind_the_last_one_are_not_answered_and_do_not_destroy_its_answer()
    {
        Limits = new RequestLimits { Requests = 2 };
        GivenAFile("a", "hello");
        WhenItSends(string.Concat(Enumerable.Repeat(Get("/a"), 10)));
        ThenTheStatusesAre(200, 200);
        ThenItLingers();
        WhenItSends(Get("/a"));
        ThenTheStatusesAre(200, 200);
    }

    [Test]
    public void A_single_request_may_be_all()
    {
        Limits = new RequestLimits { Requests = 1 };
        WhenItSends(Ask("POST", "/a", "Content-Length: 3") + "abc");
        ThenTheAnswerIs(405)["Connection"].ShouldBe("close");
    }

    private ScriptedPeer WhenItConnects(string address)
    {
        var peer = Served.Listener.Connects(new IPEndPoint(IPAddress.Parse(address), 40_000));
        WhenAllIsDone();
        return peer;
    }

    private void ThenItIsServed(ScriptedPeer peer)
    {
        peer.Sends(Get("/missing"));
        WhenAllIsDone();
        peer.ReceivedText.ShouldStartWith("HTTP/1.1 404");
    }
}
