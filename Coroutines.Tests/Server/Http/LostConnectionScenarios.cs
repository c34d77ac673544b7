using Coroutines.Testing;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a client that vanishes takes nothing with it: the others are served, and nothing is held.</summary>
public sealed class LostConnectionScenarios : HttpFixture
{
    [TestCase("")]
    [TestCase("GET /large HT")]
    [TestCase("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello")]
    [TestCase("POST /large HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhe")]
    [TestCase("BAD\r\n\r\n")]
    [TestCase("GET /large HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("GET /large HTTP/1.1\r\nHost: a\r\n\r\nGET /large HTTP/1.1\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void A_reset_ends_that_connection_alone(string sentBefore)
    {
        GivenAClientThatReadsLittle(sentBefore);
        Client.Resets();
        WhenAllIsDone();
        ThenItIsClosed();
        ThenTheOthersAreServed();
    }

    [TestCase("")]
    [TestCase("GET /large HT")]
    [TestCase("POST /large HTTP/1.1\r\nHost: a\r\nContent-Length: 10\r\n\r\nhello")]
    [TestCase("BAD\r\n\r\n")]
    public void A_client_that_half_closes_in_between_is_let_go(string sentBefore)
    {
        GivenAClientThatReadsLittle(sentBefore);
        Client.Window = long.MaxValue;
        Client.HalfCloses();
        WhenAllIsDone();
        ThenItIsClosed();
        ThenTheOthersAreServed();
    }

    [TestCase(1)]
    [TestCase(90)]
    [TestCase(50_000)]
    [TestCase(99_999)]
    public void A_reset_while_a_file_is_sent_releases_it(int window)
    {
        GivenAClientThatReadsLittle("");
        Client.Window = window;
        WhenItSends(Get("/large") + Get("/large"));
        Client.Resets();
        WhenAllIsDone();
        ThenTheOthersAreServed();
        ThenTheFileIsHeldByTheCacheAlone("/large");
    }

    [Test]
    public void A_reset_in_the_turn_of_the_accept_is_no_failure()
    {
        var peer = Served.Listener.Connects();
        peer.Sends(Get("/a"));
        peer.Resets();
        WhenAllIsDone();
        peer.IsClosed.ShouldBeTrue();
        Served.Messages.ShouldBeEmpty();
    }

    [Test]
    public void Wakeups_without_bytes_are_waited_out()
    {
        GivenAFile("a", "hello");
        foreach (var piece in Get("/a").Chunk(5))
        {
            Client.SpuriousWakeups = 2;
            WhenItSends(new string(piece));
        }
        ThenTheStatusesAre(200);
        ThenNoExchangeIsHeld();
    }

    [Test]
    public void Connections_that_wait_hold_no_buffer()
    {
        GivenAnIdleClient();
        var others = Enumerable.Range(0, 50).Select(_ => GivenAnotherClient()).ToArray();
        ThenNoExchangeIsHeld();
        foreach (var other in others)
            other.Sends(Get("/a"));
        WhenAllIsDone();
        others.ShouldAllBe(other => other.ReceivedText.Contains("hello"));
        ThenNoExchangeIsHeld();
    }

    private void GivenAClientThatReadsLittle(string sentBefore)
    {
        GivenAFile("a", "hello");
        GivenAFile("large", new string('x', 100_000));
        Client.Window = 50;
        WhenItSends(sentBefore);
    }

    private void ThenTheOthersAreServed()
    {
        ThenNothingIsHeld();
        Served.Messages.ShouldBeEmpty();
        ScriptedPeer other = GivenAnotherClient();
        other.Sends(Get("/large") + Get("/a"));
        WhenAllIsDone();
        Answer.ReadAll(other.ReceivedText).Select(answer => answer.Status).ShouldBe([200, 200]);
        other.HalfCloses();
        WhenAllIsDone();
    }
}
