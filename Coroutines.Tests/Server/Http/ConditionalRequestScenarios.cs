namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a client that has a copy is spared the content (RFC 9110, section 13).</summary>
public sealed class ConditionalRequestScenarios : HttpFixture
{
    private const string Same = "Fri, 02 Jan 2026 03:04:05 GMT";
    private const string Earlier = "Fri, 02 Jan 2026 03:04:04 GMT";
    private const string Tag = "\"8de49ab96b70080-5\"";

    [TestCase("If-None-Match: " + Tag)]
    [TestCase("If-None-Match: \"other\", W/" + Tag)]
    [TestCase("If-None-Match: *")]
    [TestCase("If-Modified-Since: " + Same)]
    [TestCase("If-None-Match: " + Tag, "If-Modified-Since: " + Earlier)]
    public void A_copy_that_is_still_right_is_not_sent_again(params string[] conditions)
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", conditions));
        ThenItIsNotModified();
        ThenItIsOpen();
    }

    [TestCase("If-None-Match: \"other\"")]
    [TestCase("If-Modified-Since: " + Earlier)]
    [TestCase("If-Modified-Since: yesterday")]
    [TestCase("If-None-Match: \"other\"", "If-Modified-Since: " + Same)]
    [TestCase("If-Match: " + Tag, "If-Unmodified-Since: " + Earlier)]
    public void A_copy_that_is_not_is_replaced(params string[] conditions)
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", conditions));
        ThenTheAnswerIs(200).Content.ShouldBe("hello");
    }

    [TestCase("If-Match: \"other\"")]
    [TestCase("If-Match: W/" + Tag)]
    [TestCase("If-Unmodified-Since: " + Earlier)]
    [TestCase("If-Match: \"other\"", "If-None-Match: " + Tag)]
    public void A_condition_that_fails_is_told(params string[] conditions)
    {
        GivenAFile("a", "hello");
        WhenItSends(Get("/a", conditions));
        ThenTheAnswerIs(412);
        ThenItIsOpen();
    }

    [Test]
    public void What_is_missing_has_no_conditions()
    {
        WhenItSends(Get("/missing", "If-Match: \"other\""));
        ThenTheAnswerIs(404);
    }

    [TestCase("OPTIONS", "/a", 204)]
    [TestCase("OPTIONS", "*", 204)]
    [TestCase("TRACE", "/a", 405)]
    [TestCase("CONNECT", "a:80", 405)]
    [TestCase("DELETE", "/a", 405)]
    public void What_selects_no_file_has_no_conditions(string method, string target, int status)
    {
        GivenAFile("a", "hello");
        WhenItSends(
            Ask(method, target, "If-Match: \"other\"", "Range: bytes=0-1")
                + Ask(method, target, "If-None-Match: *", "If-Unmodified-Since: " + Earlier)
        );
        ThenTheStatusesAre(status, status);
    }

    [Test]
    public void A_failed_condition_lets_the_file_go()
    {
        GivenAFile("a", new string('x', 100_000));
        WhenItSends(Get("/a", "If-Match: \"other\"") + Get("/a", "If-None-Match: *"));
        ThenTheFileIsHeldByTheCacheAlone("/a");
    }

    private void ThenItIsNotModified()
    {
        var answer = ThenTheAnswerIs(304);
        answer["ETag"].ShouldBe(Tag);
        answer.Fields.Select(field => field.Split(':')[0]).ShouldBe(["Date", "Server", "ETag", "Cache-Control"]); // nothing that describes a content
    }
}
