using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a client says whether its connection stays (RFC 9112, section 9.3) and whether it waits for a word
/// before it sends its content (RFC 9110, section 10.1.1).</summary>
public sealed class PersistenceScenarios : ParserFixture
{
    [TestCase("HTTP/1.1", true)]
    [TestCase("HTTP/1.1", true, "Connection: keep-alive")]
    [TestCase("HTTP/1.1", true, "Connection: Upgrade, HTTP2-Settings")]
    [TestCase("HTTP/1.1", true, "Connection: closed")]
    [TestCase("HTTP/1.1", false, "Connection: close")]
    [TestCase("HTTP/1.1", false, "Connection: CLOSE")]
    [TestCase("HTTP/1.1", false, "Connection: foo ,\tclose")]
    [TestCase("HTTP/1.1", false, "Connection: foo", "Connection: close")]
    [TestCase("HTTP/1.1", false, "Connection: keep-alive, close")]
    [TestCase("HTTP/1.0", false)]
    [TestCase("HTTP/1.0", false, "Connection: foo")]
    [TestCase("HTTP/1.0", true, "Connection: Keep-Alive")]
    [TestCase("HTTP/1.0", true, "Connection: foo, keep-alive")]
    [TestCase("HTTP/1.0", false, "Connection: close, keep-alive")]
    [TestCase("HTTP/1.0", false, "Connection: keep-alive", "Connection: close")]
    public void A_connection_is_kept(string version, bool kept, params string[] fields)
    {
        GivenARequest($"GET / {version}", fields);
        WhenItIsParsed();
        ThenKeptIs(kept);
    }

    [TestCase("HTTP/1.1", Expectation.None)]
    [TestCase("HTTP/1.1", Expectation.Continue, "Expect: 100-continue")]
    [TestCase("HTTP/1.1", Expectation.Continue, "expect: 100-Continue")]
    [TestCase("HTTP/1.1", Expectation.Unknown, "Expect: 101-continue")]
    [TestCase("HTTP/1.1", Expectation.Unknown, "Expect: 100-continue, x")]
    [TestCase("HTTP/1.1", Expectation.Unknown, "Expect: 100-continue", "Expect: x")]
    [TestCase("HTTP/1.1", Expectation.Continue, "Expect: , 100-continue,")]
    [TestCase("HTTP/1.1", Expectation.None, "Expect: ,")]
    [TestCase("HTTP/1.1", Expectation.None, "Expect:")]
    [TestCase("HTTP/1.0", Expectation.None, "Expect: 100-continue")]
    [TestCase("HTTP/1.0", Expectation.None, "Expect: x")]
    public void An_expectation_is_read(string version, object expectation, params string[] fields)
    {
        GivenARequest($"POST / {version}", [.. fields, "Content-Length: 5"]);
        WhenItIsParsed();
        ThenTheExpectationIs((Expectation)expectation);
    }

    [TestCase("Content-Length: 0", false)]
    [TestCase("Content-Length: 1", true)]
    [TestCase("Transfer-Encoding: chunked", true)]
    [TestCase("X: y", false)]
    public void A_client_without_content_waits_for_no_word(string framing, bool waits)
    {
        GivenARequest("POST / HTTP/1.1", "Expect: 100-continue", framing);
        WhenItIsParsed();
        ThenItWaits(waits);
    }

    private void ThenKeptIs(bool kept)
    {
        ThenItIsComplete();
        Parsed.KeepAlive.ShouldBe(kept);
    }

    private void ThenTheExpectationIs(object expectation)
    {
        ThenItIsComplete();
        Parsed.Expectation.ShouldBe((Expectation)expectation);
    }

    private void ThenItWaits(bool waits)
    {
        ThenItIsComplete();
        Parsed.ExpectsContinue.ShouldBe(waits);
    }
}
