namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: what two recipients could read in two ways is refused, with the right status, and nothing behind it is
/// answered; what is merely not understood is ignored.</summary>
public sealed class StrictnessScenarios : HttpFixture
{
    // Whatever the method, whatever the target: where the request ends is decided first.
    [TestCase("BREW / HTTP/1.1", "Content-Length: x", 400)]
    [TestCase("DELETE /none HTTP/1.1", "Content-Length: 1\r\nContent-Length: 2", 400)]
    [TestCase("OPTIONS * HTTP/1.1", "Content-Length: 5\r\nTransfer-Encoding: chunked", 400)]
    [TestCase("CONNECT a:80 HTTP/1.1", "Transfer-Encoding: gzip", 400)]
    [TestCase("TRACE / HTTP/1.1", "Content-Length: +1", 400)]
    [TestCase("GET /%00 HTTP/1.1", "Transfer-Encoding: chunked, chunked", 400)]
    [TestCase("PUT / HTTP/1.0", "Transfer-Encoding: chunked", 400)]
    [TestCase("PUT / HTTP/1.1", "Expect: tea\r\nContent-Length: 1,2", 400)]
    [TestCase("POST / HTTP/1.1", "Transfer-Encoding: zip, chunked", 501)]
    [TestCase("GET / HTTP/2.0", "Content-Length: x", 505)]
    public void Framing_is_checked_before_the_method(string requestLine, string fields, int status)
    {
        GivenAFile("a", "hello");
        WhenItSends($"{requestLine}\r\nHost: a\r\n{fields}\r\n\r\n" + Get("/a"));
        ThenTheAnswerIs(status)["Connection"].ShouldBe("close");
        ThenItLingers();
    }

    [TestCase("GET /a\r\n")]
    [TestCase("GET /a HTTP/0.9\r\n\r\n")]
    [TestCase("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n")]
    [TestCase("GET /a HTTP/1.11\r\nHost: a\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a:asd\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nX : y\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nX\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nX: y\rz\r\n\r\n")]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nX: y\0z\r\n\r\n")]
    [TestCase("GET /a b HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("GET /\u00e4 HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("GET http://u@a/a HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("GET ftp://a/a HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void What_is_no_request_of_HTTP_1_ends_the_connection(string request)
    {
        GivenAFile("a", "hello");
        WhenItSends(request);
        ThenTheAnswerIs(request.Contains("HTTP/2.0") || request.Contains("HTTP/0.9") ? 505 : 400);
        ThenItLingers();
    }

    [TestCase("Upgrade: h2c\r\nHTTP2-Settings: AAMAAABk\r\nConnection: Upgrade, HTTP2-Settings")]
    [TestCase("Upgrade: websocket\r\nConnection: upgrade")]
    [TestCase("Connection: x, , y")]
    [TestCase("TE: trailers\r\nTrailer: X")]
    [TestCase("Max-Forwards: 0")]
    [TestCase("X-Unknown: y")]
    [TestCase("Content-Type: nonsense")]
    [TestCase("Content-Range: bytes 0-1/5")]
    [TestCase("Content-Location: /b")]
    [TestCase("Content-Encoding: x")]
    [TestCase("Via: 1.1 a")]
    [TestCase("Accept: x/y;q=1\r\nAccept-Language: x\r\nAccept-Charset: x")]
    public void What_it_does_not_know_is_ignored(string fields)
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", fields) + Get("/a"));
        ThenTheStatusesAre(200, 200);
    }

    [Test]
    public void What_HTTP_1_0_does_not_have_is_ignored_there()
    {
        GivenAFile("a", "hello");
        WhenItSends(
            "GET /a HTTP/1.0\r\nUpgrade: h2c\r\nConnection: Upgrade, keep-alive\r\n"
                + "Expect: 100-continue\r\nContent-Length: 5\r\n\r\n12345"
                + Get("/a")
        );
        ThenTheStatusesAre(200, 200);
        ThenItIsOpen();
    }

    [TestCase("http://b/a")]
    [TestCase("HTTP://B:80/a?q")]
    [TestCase("http://[::1]/a")]
    [TestCase("http://[v1.x]/a")]
    public void An_absolute_target_is_served(string target)
    {
        GivenAFile("a", "hello");
        WhenItSends(Get(target));
        ThenTheAnswerIs(200).Content.ShouldBe("hello");
    }

    [TestCase("https://a/a")]
    [TestCase("HTTPS://[::1]:443/a")]
    [TestCase("https://a")]
    public void A_target_of_https_needs_a_secured_connection(string target)
    {
        GivenAFile("a", "hello");
        WhenItSends(Get(target) + Get("/a"));
        ThenTheAnswerIs(421)["Connection"].ShouldBe("close");
        ThenItLingers();
    }

    [TestCase("GET https://a/ HTTP/1.1\r\n\r\n")]
    [TestCase("GET https://a/ HTTP/1.1\r\nHost: a\r\nHost: a\r\n\r\n")]
    [TestCase("GET https://a:b/ HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("GET https://a/ HTTP/1.1\r\nHost: a\r\nContent-Length: x\r\n\r\n")]
    public void What_is_malformed_is_so_for_https_too(string request)
    {
        WhenItSends(request);
        ThenTheAnswerIs(400);
    }

    [Test]
    public void A_content_behind_a_refused_method_is_skipped_up_to_its_limit()
    {
        Limits = new() { BodyBytes = 10 };
        GivenAFile("a", "hello");
        WhenItSends(Ask("PUT", "/a", "Content-Length: 10") + "0123456789" + Get("/a"));
        ThenTheStatusesAre(405, 200);
        WhenItSends(Ask("PUT", "/a", "Content-Length: 11") + "0123456789");
        ThenTheStatusesAre(405, 200, 413);
        ThenItLingers();
    }

    [Test]
    public void A_file_dated_in_the_future_was_modified_no_later_than_it_is_answered()
    {
        GivenAFile("a", "hello", new DateTime(2150, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        WhenItSends(Get("/a"));
        var answer = ThenTheAnswerIs(200);
        answer["Last-Modified"].ShouldBe(answer["Date"]);
        WhenItSends(Get("/a", $"If-Modified-Since: {answer["Last-Modified"]}"));
        ThenTheStatusesAre(200, 304);
    }

    [Test]
    public void A_file_dated_before_the_epoch_has_its_date()
    {
        GivenAFile("a", "hello", new DateTime(1960, 1, 1, 0, 0, 0, DateTimeKind.Utc));
        WhenItSends(Get("/a"));
        ThenTheAnswerIs(200)["Last-Modified"].ShouldBe("Fri, 01 Jan 1960 00:00:00 GMT");
    }
}
