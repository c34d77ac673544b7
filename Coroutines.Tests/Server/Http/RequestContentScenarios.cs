using System.Globalization;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: the content of a request is skipped, so that the next request is found (RFC 9112, section 6).</summary>
public sealed class RequestContentScenarios : HttpFixture
{
    [TestCase("Content-Length: 0", "")]
    [TestCase("Content-Length: 5", "hello")]
    [TestCase("Content-Length: 23", "GET /b HTTP/1.1\r\n\r\n\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked", "5\r\nhello\r\n0\r\n\r\n")]
    [TestCase("Transfer-Encoding: chunked", "5;a=\"b\"\r\nhello\r\nA\r\n0123456789\r\n0\r\nTrailer: x\r\n\r\n")]
    public void The_request_behind_the_content_is_answered(string framing, string content)
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("POST", "/a", framing) + content + Get("/a"));
        ThenTheStatusesAre(405, 200);
        ThenItIsOpen();
        ThenNoExchangeIsHeld();
    }

    [Test]
    public void The_content_of_a_GET_is_skipped_too()
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", "Content-Length: 5") + "12345" + Get("/a"));
        ThenTheStatusesAre(200, 200);
    }

    [TestCase(1)]
    [TestCase(1_000)]
    [TestCase(50_000)]
    public void Content_larger_than_the_buffer_is_skipped(int pieceBytes)
    {
        const int ContentBytes = 50_000;
        GivenAFile("a", "hello");
        var content = Ask("POST", "/a", $"Content-Length: {ContentBytes}") + new string('x', ContentBytes) + Get("/a");
        Client.SendsInPieces(System.Text.Encoding.Latin1.GetBytes(content), pieceBytes);
        WhenAllIsDone();
        ThenTheStatusesAre(405, 200);
        ThenNoExchangeIsHeld();
    }

    [Test]
    public void Content_at_its_limit_is_skipped_and_one_byte_more_refused()
    {
        Limits = new() { BodyBytes = 1_000 };
        GivenAFile("a", "hello");
        WhenItSends(Ask("POST", "/a", "Content-Length: 1000") + new string('x', 1_000));
        ThenItIsOpen();
        WhenItSends(Ask("POST", "/a", "Content-Length: 1001"));
        ThenTheStatusesAre(405, 413);
        ThenItLingers();
    }

    [TestCase("Content-Length: 6")]
    [TestCase("Transfer-Encoding: chunked")]
    public void Content_that_is_cut_off_by_the_end_ends_the_connection(string framing)
    {
        GivenAFile("a", "hello");
        Client.Sends(Ask("POST", "/a", framing) + "5\r\nhe");
        Client.HalfCloses();
        WhenAllIsDone();
        ThenItIsClosed();
        ThenNothingIsHeld();
    }

    [Test]
    public void Chunks_beyond_the_limit_end_the_connection()
    {
        Limits = new() { BodyBytes = 1_000 };
        WhenItSends(Ask("POST", "/a", "Transfer-Encoding: chunked") + "3e9\r\n");
        ThenTheStatusesAre(413);
        ThenItLingers();
    }

    [Test]
    public void Malformed_chunks_are_refused_whatever_the_method(
        [Values("GET", "POST", "BREW")] string method,
        [Values("x\r\n", "5\r\nhello!", "5\r\nhello\r\n0\r\nno field\r\n\r\n")] string chunks
    )
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask(method, "/a", "Transfer-Encoding: chunked") + chunks + Get("/a"));
        ThenTheStatusesAre(400);
        ThenItLingers();
    }

    [Test]
    public void A_request_is_answered_behind_its_last_chunk()
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("GET", "/a", "Transfer-Encoding: chunked") + "5\r\nhello\r\n0\r\n");
        Answers.ShouldBeEmpty();
        WhenItSends("\r\n" + Get("/a"));
        ThenTheStatusesAre(200, 200);
        ThenItIsOpen();
    }

    [Test]
    public void Chunks_that_come_too_slowly_are_told_so()
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("POST", "/a", "Transfer-Encoding: chunked") + "5\r\nhel");
        WhenTimePasses(Timeouts.Content);
        ThenTheStatusesAre(408);
        Client.IsHalfClosed.ShouldBeTrue();
    }

    [TestCase("Content-Length: 5", "")]
    [TestCase("Content-Length: 5", "hello")]
    [TestCase("Transfer-Encoding: chunked", "")]
    public void A_client_that_waits_for_a_word_gets_the_answer_and_the_end(string framing, string content)
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("POST", "/a", "Expect: 100-continue", framing));
        ThenTheAnswerIs(405)["Connection"].ShouldBe("close");
        WhenItSends(content + Get("/a"));
        ThenTheAnswerIs(405);
        ThenItLingers();
    }

    [Test]
    public void A_client_that_waits_for_a_word_without_content_is_kept()
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", "Expect: 100-continue"));
        ThenTheAnswerIs(200).Has("Connection").ShouldBeFalse();
        ThenItIsOpen();
    }

    [Test]
    public void Many_requests_with_content_are_skipped_one_by_one()
    {
        var requests = Enumerable.Range(0, 100).Select(i => Ask("POST", "/a", Length(i)) + new string('x', i));
        WhenItSends(string.Concat(requests));
        ThenTheStatusesAre([.. Enumerable.Repeat(405, 100)]);
        ThenItIsOpen();
    }

    private static string Length(int bytes) => string.Create(CultureInfo.InvariantCulture, $"Content-Length: {bytes}");
}
