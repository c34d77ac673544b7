using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: GET and HEAD answer with the files of a folder (RFC 9110, sections 9.3.1 and 9.3.2).</summary>
public sealed class GetScenarios : HttpFixture
{
    [Test]
    public void A_file_is_answered_with_its_content_and_what_describes_it()
    {
        GivenAFile("docs/a.txt", "hello");
        WhenItSends(Get("/docs/a.txt"));
        ThenTheFieldsAre(
            "Date: Fri, 01 Jan 2100 00:00:00 GMT",
            "Server: Coroutines",
            "Content-Type: text/plain; charset=utf-8",
            "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT",
            "ETag: \"8de49ab96b70080-5\"",
            "Accept-Ranges: bytes",
            "Cache-Control: no-cache",
            "Content-Length: 5",
            "Vary: Accept-Encoding"
        );
        Answers[0].Content.ShouldBe("hello");
        ThenItIsOpen();
    }

    [Test]
    public void A_folder_is_answered_with_its_index()
    {
        GivenAFile("docs/index.html", "<p>hello");
        WhenItSends(Get("/docs/?x=y"));
        ThenTheAnswerIs(200).Content.ShouldBe("<p>hello");
    }

    [Test]
    public void An_empty_file_is_answered()
    {
        GivenAFile("empty.txt", "");
        WhenItSends(Get("/empty.txt"));
        ThenTheAnswerIs(200)["Content-Length"].ShouldBe("0");
    }

    [TestCase(1)]
    [TestCase(32 * 1024)]
    [TestCase(64 * 1024)]
    [TestCase((64 * 1024) + 1)]
    public void HEAD_has_the_fields_of_GET_and_no_content(int lengthBytes)
    {
        GivenAFile("a", new string('x', lengthBytes));
        WhenItSends(Ask("HEAD", "/a") + Get("/a"));
        ThenBothHaveEqualFields();
    }

    [Test]
    public void HEAD_of_what_is_missing_has_the_fields_of_GET_and_no_content()
    {
        WhenItSends(Ask("HEAD", "/missing") + Get("/missing"));
        ThenBothHaveEqualFields();
    }

    [TestCase("HEAD / HTTP/3.0\r\n\r\n", 505)]
    [TestCase("HEAD ftp://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 400)]
    [TestCase("HEAD /\r\n", 400)]
    [TestCase("HEAD / HTTP/1.1\r\n\r\n", 400)]
    [TestCase("HEAD https://a/ HTTP/1.1\r\nHost: a\r\n\r\n", 421)]
    public void HEAD_that_is_refused_has_no_content(string request, int status)
    {
        WhenItSends(request);
        ThenTheHeadIsAll(status);
    }

    [Test]
    public void HEAD_of_too_long_a_line_has_no_content()
    {
        WhenItSends(Ask("HEAD", "/" + new string('a', RequestLimits.DefaultRequestLineBytes)));
        ThenTheHeadIsAll(414);
    }

    [TestCase("/docs", "/docs/")]
    [TestCase("/docs?a=b&c=%20d", "/docs/?a=b&c=%20d")]
    [TestCase("/%64ocs?", "/%64ocs/?")]
    [TestCase("http://example.com/docs?a", "/docs/?a")]
    public void A_folder_without_its_slash_is_redirected_and_keeps_the_query(string target, string location)
    {
        GivenAFile("docs/index.html", "hello");
        WhenItSends(Get(target));
        ThenTheAnswerIs(301)["Location"].ShouldBe(location);
        ThenItIsOpen();
    }

    [TestCase("//docs")]
    [TestCase("///docs")]
    [TestCase("/.//docs")]
    [TestCase("/%2F/docs")]
    [TestCase("/\\docs")]
    [TestCase("/%5cdocs")]
    [TestCase("/%2e//docs")]
    [TestCase("/x/..//docs")]
    [TestCase("/docs%2f")]
    [TestCase("/;//docs")]
    [TestCase("http://a//docs")]
    [TestCase("http://a/%2fdocs")]
    [TestCase("http://a//b/../docs")]
    public void No_redirect_leads_to_another_host(string target)
    {
        GivenAFile("docs/index.html", "hello");
        WhenItSends(Get(target));
        Answers.ShouldAllBe(answer => answer.Status == 400 || answer.Status == 404 || answer["Location"] == "/docs/");
    }

    [TestCase(7_000)]
    [TestCase(8_100)]
    public void A_long_redirect_is_answered_in_full(int queryBytes)
    {
        var query = "?" + new string('q', queryBytes - 1);
        GivenAFile("docs/index.html", "hello");
        WhenItSends(string.Concat(Enumerable.Repeat(Get("/docs" + query), 5)));
        Answers.Select(answer => answer["Location"]).ShouldBe(Enumerable.Repeat("/docs/" + query, 5));
    }

    // What is redirected to can be asked for (RFC 9110, section 2.3).
    [TestCase("GET")]
    [TestCase("HEAD")]
    public void No_redirect_is_longer_than_a_request_may_be(string method)
    {
        GivenAFile("docs/index.html", "hello");
        var longest = RequestLimits.DefaultRequestLineBytes - $"{method} /docs/? HTTP/1.1\r\n".Length;
        var query = "?" + new string('q', longest);
        WhenItSends(Ask(method, "/docs" + query) + Ask(method, "/docs/" + query) + Ask(method, $"/docs{query}q"));
        var answers = Answer.ReadAll(Client.ReceivedText, method, method, method);
        answers.Select(answer => answer.Status).ShouldBe([301, 200, 414]);
        answers[0]["Location"].ShouldBe("/docs/" + query);
        ThenItIsOpen();
    }

    [Test]
    public void Each_answer_is_logged_with_the_bytes_of_its_content()
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a") + Ask("HEAD", "/a") + Get("/a", "If-None-Match: *"));
        Served.AccessLog.Answers.ShouldBe([
            new("GET", "/a", 200, 5),
            new("HEAD", "/a", 200, 0),
            new("GET", "/a", 304, 0),
        ]);
    }

    private void ThenTheFieldsAre(params string[] fields) => ThenTheAnswerIs(200).Fields.ShouldBe(fields);

    private void ThenTheHeadIsAll(int status)
    {
        Client.ReceivedText.ShouldStartWith($"HTTP/1.1 {status} ");
        Client.ReceivedText.IndexOf("\r\n\r\n", StringComparison.Ordinal).ShouldBe(Client.ReceivedText.Length - 4);
    }

    private void ThenBothHaveEqualFields()
    {
        var answers = Answer.ReadAll(Client.ReceivedText, "HEAD", "GET");
        answers.Count.ShouldBe(2);
        answers[0].Status.ShouldBe(answers[1].Status);
        answers[0].Fields.ShouldBe(answers[1].Fields);
    }
}
