namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: what can't be served is told by the status that RFC 9110, section 15, names for it.</summary>
public sealed class RefusedRequestScenarios : HttpFixture
{
    [TestCase("GET /missing HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [TestCase("GET /.hidden HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [TestCase("GET /../../etc/passwd HTTP/1.1\r\nHost: a\r\n\r\n", 404)]
    [TestCase("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET /%zz HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nExpect: a-miracle\r\n\r\n", 417)]
    [TestCase("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [TestCase("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 0\r\n\r\n", 405)]
    [TestCase("DELETE /a HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    [TestCase("PUT /a HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\nabc", 405)]
    [TestCase("PATCH /a HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nabc\r\n0\r\n\r\n", 405)]
    [TestCase("get /a HTTP/1.1\r\nHost: a\r\n\r\n", 501)]
    [TestCase("CONNECT a:80 HTTP/1.1\r\nHost: a:80\r\n\r\n", 405)]
    [TestCase("TRACE / HTTP/1.1\r\nHost: a\r\n\r\n", 405)]
    public void A_request_that_is_understood_leaves_the_connection_open(string request, int status)
    {
        GivenAFile("a", "hello");
        WhenItSends(request + Get("/a"));
        ThenTheStatusesAre(status, 200);
        ThenItIsOpen();
    }

    [TestCase("G@T / HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET / HTTP/1.1\r\n\r\n", 400)]
    [TestCase("GET / HTTP/1.1\nHost: a\n\n", 400)]
    [TestCase("\u0016\u0003\u0001", 400)]
    [TestCase("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("GET / HTTP/2.0\r\nHost: a\r\n\r\n", 505)]
    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n", 505)]
    [TestCase("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1048577\r\n\r\n", 413)]
    [TestCase("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n", 400)]
    [TestCase("POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: gzip, chunked\r\n\r\n", 501)]
    [TestCase("POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n", 400)]
    public void A_request_that_is_not_understood_ends_the_connection(string request, int status)
    {
        WhenItSends(request + Get("/a"));
        ThenTheAnswerIs(status)["Connection"].ShouldBe("close");
        ThenItLingers();
    }

    [TestCase("/")]
    [TestCase("/index.html")]
    public void The_methods_that_are_allowed_are_named(string target)
    {
        WhenItSends(Ask("PUT", target));
        ThenTheAnswerIs(405)["Allow"].ShouldBe("GET, HEAD, OPTIONS");
    }

    [Test]
    public void A_refusal_of_HEAD_has_no_content()
    {
        WhenItSends("HEAD / HTTP/1.1\r\n\r\n");
        Answer.ReadAll(Client.ReceivedText, "HEAD").ShouldHaveSingleItem().Status.ShouldBe(400);
        ThenItLingers();
    }

    // Sizes below, at and above the first buffer of 8 KiB, and one that no buffer of a pool has.
    [TestCase(1_024)]
    [TestCase(5_000)]
    [TestCase(8_192)]
    [TestCase(8_193)]
    [TestCase(32_768)]
    [TestCase(100_000)]
    public void A_head_at_its_limit_is_served_and_one_byte_more_refused(int headBytes)
    {
        Limits = new() { HeadBytes = headBytes, RequestLineBytes = 256 };
        GivenAFile("a", "hello");
        WhenItSends(HeadOf(headBytes));
        ThenTheStatusesAre(200);
        WhenItSends(HeadOf(headBytes + 1));
        ThenTheStatusesAre(200, 431);
        ThenItLingers();
    }

    [TestCase(1_024)]
    [TestCase(8_193)]
    [TestCase(32_768)]
    public void A_head_that_never_ends_is_refused_at_its_limit(int headBytes)
    {
        Limits = new() { HeadBytes = headBytes, RequestLineBytes = 256 };
        WhenItSends(HeadOf(headBytes * 3)[..^4]);
        ThenTheAnswerIs(431);
        ThenItLingers();
    }

    [Test]
    public void A_request_line_at_its_limit_is_served_and_one_byte_more_refused()
    {
        GivenAFile("a", "hello");
        WhenItSends(LineOf(8_192));
        ThenTheStatusesAre(200);
        WhenItSends(LineOf(8_193));
        ThenTheStatusesAre(200, 414);
    }

    [Test]
    public void Too_many_fields_are_refused()
    {
        Limits = new() { Fields = 16 };
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", [.. Enumerable.Repeat("X: y", 15)]));
        ThenTheStatusesAre(200);
        WhenItSends(Get("/a", [.. Enumerable.Repeat("X: y", 16)]));
        ThenTheStatusesAre(200, 431);
    }

    [Test]
    public void A_refusal_is_logged_with_what_was_read()
    {
        WhenItSends("GET /secret HTTP/1.1\r\n\r\n");
        Served.AccessLog.Answers.ShouldHaveSingleItem().Target.ShouldBe("/secret");
    }

    [Test]
    public void What_was_refused_leaves_nothing_behind_for_the_next_client()
    {
        GivenAFile("a", "hello");
        WhenItSends("GET /secret HTTP/1.1\r\nBad field\r\n\r\n");
        Client.HalfCloses();
        WhenAllIsDone();
        ThenItIsClosed();
        var next = GivenAnotherClient();
        next.Sends(Get("/a"));
        WhenAllIsDone();
        Answer.ReadAll(next.ReceivedText).ShouldHaveSingleItem().Content.ShouldBe("hello");
    }

    [Test]
    public void A_system_that_fails_is_answered_503_and_logged_once()
    {
        Root = _ => new BrokenRoot();
        WhenItSends(Get("/a") + Get("/a"));
        ThenTheStatusesAre(503, 503);
        Answers[0]["Retry-After"].ShouldBe("5");
        Served.Messages.ShouldHaveSingleItem().ShouldBe("Error A file could not be read.");
        ThenItIsOpen();
    }

    private static string HeadOf(int bytes)
    {
        var rest = Get("/a", "X: ");
        return Get("/a", "X: " + new string('x', bytes - rest.Length));
    }

    private static string LineOf(int bytes) => Get("/a?" + new string('q', bytes - "GET /a? HTTP/1.1\r\n".Length));
}
