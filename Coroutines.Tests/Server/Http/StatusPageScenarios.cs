using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: the page of an error says what is wrong (RFC 9110, sections 15.5 and 15.6).</summary>
public sealed class StatusPageScenarios : HttpFixture
{
    [TestCase("GET / HTTP/2.0\r\n\r\n", 505, "Only HTTP/1.1 and HTTP/1.0 are served here.")]
    [TestCase(
        "GET / HTTP/1.1\r\nHost: a\r\nX: y\r\n z\r\n\r\n",
        400,
        "A field must not be continued on a second line."
    )]
    [TestCase("GET / HTTP/1.1\r\n\r\n", 400, "HTTP/1.1 needs a Host field.")]
    [TestCase("GET https://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 421, "This port is not secured, so it serves no https.")]
    [TestCase("GET /%00 HTTP/1.1\r\nHost: a\r\n\r\n", 400, "The path is malformed.")]
    [TestCase("GET /none HTTP/1.1\r\nHost: a\r\n\r\n", 404, "There is nothing under this path.")]
    [TestCase("PUT / HTTP/1.1\r\nHost: a\r\n\r\n", 405, "The methods that are taken here are GET, HEAD and OPTIONS.")]
    [TestCase("BREW / HTTP/1.1\r\nHost: a\r\n\r\n", 501, "The method is unknown here.")]
    [TestCase(
        "GET / HTTP/1.1\r\nHost: a\r\nExpect: tea\r\n\r\n",
        417,
        "The one expectation that is known here is 100-continue."
    )]
    [TestCase(
        "GET /a HTTP/1.1\r\nHost: a\r\nIf-Match: \"x\"\r\n\r\n",
        412,
        "The file is not as the conditions have it."
    )]
    [TestCase("GET /a HTTP/1.1\r\nHost: a\r\nRange: bytes=9-\r\n\r\n", 416, "The file ends before these parts.")]
    [TestCase("GET * HTTP/1.1\r\nHost: a\r\n\r\n", 400, "The request target &#39;*&#39; goes with OPTIONS alone.")]
    public void It_names_the_rule(string request, int status, string sentence)
    {
        GivenAFile("a", "hello");
        WhenItSends(request);
        var answer = ThenTheAnswerIs(status);
        answer["Content-Type"].ShouldBe("text/html; charset=utf-8");
        answer.Content.ShouldContain($"<h1>{status} ");
        answer.Content.ShouldContain($"<p>{sentence}</p>");
    }

    [Test]
    public void What_passes_says_so()
    {
        Root = _ => new BrokenRoot();
        WhenItSends(Get("/a"));
        ThenTheAnswerIs(503).Content.ShouldContain("<p>This can not be served now, but perhaps in 5 seconds.</p>");
    }

    [Test]
    public void Two_refusals_of_one_status_have_pages_of_their_own()
    {
        StatusPage.Of(Refusal.BadRequest("One.")).ShouldNotBe(StatusPage.Of(Refusal.BadRequest("Two.")));
        StatusPage.Of(Refusal.BadRequest("One.")).ShouldBeSameAs(StatusPage.Of(Refusal.BadRequest("One.")));
    }
}
