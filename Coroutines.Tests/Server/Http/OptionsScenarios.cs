namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: OPTIONS tells which methods there are (RFC 9110, section 9.3.7).</summary>
public sealed class OptionsScenarios : HttpFixture
{
    [TestCase("*")]
    [TestCase("/")]
    [TestCase("/a")]
    [TestCase("/missing")]
    [TestCase("http://b/a")]
    [TestCase("http://b")]
    public void The_methods_are_named(string target)
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("OPTIONS", target) + Get("/a"));
        ThenTheStatusesAre(204, 200);
        Answers[0]["Allow"].ShouldBe("GET, HEAD, OPTIONS");
        Answers[0].Has("Content-Length").ShouldBeFalse();
        ThenItIsOpen();
    }

    [Test]
    public void Its_content_is_skipped()
    {
        GivenAFile("a", "hello");
        WhenItSends(Ask("OPTIONS", "*", "Content-Length: 5") + "hello" + Get("/a"));
        ThenTheStatusesAre(204, 200);
    }
}
