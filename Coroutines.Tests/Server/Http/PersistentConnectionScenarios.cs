using System.Text;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: one connection serves many requests, in order (RFC 9112, sections 9.3 and 9.3.2).</summary>
public sealed class PersistentConnectionScenarios : HttpFixture
{
    [Test]
    public void A_connection_serves_one_request_after_the_other()
    {
        GivenAnIdleClient();
        WhenItSends(Get("/a"));
        ThenTheStatusesAre(200, 200);
        Answers.ShouldAllBe(answer => !answer.Has("Connection"));
        ThenItIsOpen();
    }

    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nConnection: close\r\n\r\n")]
    [TestCase("GET /a HTTP/1.0\r\n\r\n")]
    [TestCase("GET /a HTTP/1.0\r\nConnection: keep-alive, close\r\n\r\n")]
    public void A_client_that_wants_one_answer_gets_one_and_the_end(string request)
    {
        GivenAFile("a", "hello");
        WhenItSends(request + Get("/a"));
        ThenTheAnswerIs(200)["Connection"].ShouldBe("close");
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void A_1_0_client_that_asks_for_it_is_kept_and_told_so()
    {
        GivenAFile("a", "hello");
        WhenItSends("GET /a HTTP/1.0\r\nConnection: keep-alive\r\n\r\n");
        ThenTheAnswerIs(200)["Connection"].ShouldBe("keep-alive");
        ThenItIsOpen();
    }

    [TestCase(2)]
    [TestCase(200)]
    public void Pipelined_requests_are_answered_in_their_order(int requests)
    {
        GivenAFile("a", "a");
        GivenAFile("b", new string('b', 20_000));
        GivenAFile("c", new string('c', 70_000));
        WhenItSends(string.Concat(Enumerable.Range(0, requests).Select(i => Get("/" + "abcd"[i % 4]))));
        ThenTheStatusesAre([.. Enumerable.Range(0, requests).Select(i => i % 4 == 3 ? 404 : 200)]);
        Answers
            .Where(answer => answer.Status == 200)
            .Select(answer => answer.Content[0])
            .ShouldBe(InTurn("abc", requests));
    }

    [Test]
    public void Pipelined_requests_are_answered_though_the_client_half_closes_right_after_them()
    {
        GivenAFile("a", "hello");
        GivenAFile("b", new string('b', 100_000));
        Client.Sends(Get("/a") + Get("/b") + Get("/a"));
        Client.HalfCloses();
        WhenAllIsDone();
        ThenTheStatusesAre(200, 200, 200);
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void A_head_that_is_cut_off_by_the_end_isnt_answered()
    {
        GivenAFile("a", "hello");
        Client.Sends(Get("/a") + Get("/a")[..^1]);
        Client.HalfCloses();
        WhenAllIsDone();
        ThenTheStatusesAre(200);
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void Requests_split_at_every_position_give_the_same_bytes()
    {
        GivenAFile("a", "hello");
        GivenAFile("docs/index.html", "hello");
        var requests = Encoding.Latin1.GetBytes(
            Get("/a")
                + Ask("POST", "/a", "Transfer-Encoding: chunked")
                + "3;x=y\r\nabc\r\n0\r\nT: u\r\n\r\n"
                + Ask("HEAD", "/docs")
                + Ask("PUT", "/a", "Content-Length: 3")
                + "abc\r\n"
                + Get("/a", "Connection: close")
        );
        var whole = AnswersTo(requests, Splits.Whole(requests.Length));
        whole.Split("HTTP/1.1 ").Length.ShouldBe(6);
        foreach (var split in Splits.Of(requests.Length))
            AnswersTo(requests, split).ShouldBe(whole, Splits.Describe(split));
        ThenNothingIsHeld();
    }

    [Test]
    public void Empty_lines_between_requests_are_skipped()
    {
        GivenAFile("a", "hello");
        WhenItSends("\r\n" + Get("/a") + "\r\n\r\n" + Get("/a"));
        ThenTheStatusesAre(200, 200);
    }

    [Test]
    public void A_flood_of_pipelined_requests_leaves_the_others_their_turn()
    {
        GivenAFile("a", "hello");
        GivenAFile("large", new string('x', 60_000));
        WhenItSends(Get("/large") + Get("/a"));
        var before = Client.Received.Length;
        Client.Sends(string.Concat(Enumerable.Repeat(Get("/large"), 200)));
        while (Client.Received.Length == before)
            Simulation.Scheduler.Turn(TimeSpan.Zero);
        (Client.Received.Length - before).ShouldBeLessThan(512 * 1024);
    }

    private static IEnumerable<char> InTurn(string letters, int requests) =>
        Enumerable.Range(0, requests).Where(i => i % 4 < 3).Select(i => letters[i % 4]);

    private string AnswersTo(byte[] requests, int[] split)
    {
        var peer = Served.Listener.Connects();
        var from = 0;
        foreach (var to in split)
        {
            peer.Sends(requests.AsSpan(from, to - from));
            from = to;
        }
        WhenAllIsDone();
        peer.IsClosed.ShouldBeTrue();
        return peer.ReceivedText;
    }
}
