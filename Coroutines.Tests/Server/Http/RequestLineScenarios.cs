using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a request line is read exactly as RFC 9112, section 3, has it.</summary>
public sealed class RequestLineScenarios : ParserFixture
{
    [TestCase("GET", Method.Get)]
    [TestCase("HEAD", Method.Head)]
    [TestCase("POST", Method.Post)]
    [TestCase("PUT", Method.Put)]
    [TestCase("DELETE", Method.Delete)]
    [TestCase("OPTIONS", Method.Options)]
    [TestCase("TRACE", Method.Trace)]
    [TestCase("PATCH", Method.Patch)]
    [TestCase("BREW", Method.Other)]
    [TestCase("get", Method.Other)]
    [TestCase("!#$%&'*+-.^_`|~09azAZ", Method.Other)]
    public void A_method_is_recognised(string token, object method)
    {
        GivenARequest($"{token} / HTTP/1.1");
        WhenItIsParsed();
        ThenTheMethodIs(token, (Method)method);
    }

    [TestCase("G(T / HTTP/1.1")]
    [TestCase("G\u00e4T / HTTP/1.1")]
    [TestCase("GET\t/ HTTP/1.1")]
    [TestCase("G\0T / HTTP/1.1")]
    [TestCase(" GET / HTTP/1.1")]
    [TestCase("\tGET / HTTP/1.1")]
    [TestCase("\"GET\" / HTTP/1.1")]
    public void A_method_that_is_no_token_is_refused(string line)
    {
        GivenARequest(line);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("HTTP/1.1", 1)]
    [TestCase("HTTP/1.0", 0)]
    [TestCase("HTTP/1.2", 1)]
    [TestCase("HTTP/1.9", 1)]
    public void A_version_1_is_served(string version, int minor)
    {
        GivenARequest($"GET / {version}");
        WhenItIsParsed();
        ThenTheMinorVersionIs(minor);
    }

    [TestCase("GET / HTTP/0.9")]
    [TestCase("GET / HTTP/2.0")]
    [TestCase("GET / HTTP/3.1")]
    [TestCase("PRI * HTTP/2.0")]
    public void Another_major_version_is_refused(string line)
    {
        GivenARequest(line);
        WhenItIsParsed();
        ThenItIsRefusedWith(505);
    }

    [TestCase("http/1.1")]
    [TestCase("HTTP/1.11")]
    [TestCase("HTTP/11.1")]
    [TestCase("HTTP/1")]
    [TestCase("HTTP/1.")]
    [TestCase("HTTP/1.x")]
    [TestCase("HTTP/x.1")]
    [TestCase("HTTP/1,1")]
    [TestCase("HTTP/2")]
    [TestCase("HTTPS/1.1")]
    [TestCase("HTTP/1.1 ")]
    [TestCase(" HTTP/1.1")]
    [TestCase("HTTP/1.1\t")]
    [TestCase("HTTP/1.1\0")]
    [TestCase("HTTP/1.1 x")]
    [TestCase("")]
    public void A_malformed_version_is_refused(string version)
    {
        GivenARequest($"GET / {version}");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("GET /")]
    [TestCase("GET")]
    [TestCase("GET ")]
    [TestCase("GET  HTTP/1.1")]
    [TestCase("GET HTTP/1.1")]
    public void A_line_that_lacks_a_part_is_refused(string line)
    {
        GivenARequest(line);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("GET / HTTP/1.1\nHost: a\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\n\n")]
    [TestCase("GET / HTTP/1.1\r\r\nHost: a\r\n\r\n")]
    [TestCase("GET / HTTP/1.1\rHost: a\r\n\r\n")]
    [TestCase("GET /\r HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("GET\r / HTTP/1.1\r\nHost: a\r\n\r\n")]
    public void A_line_end_that_is_not_CR_LF_is_refused(string bytes)
    {
        GivenBytes(bytes);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(RequestParser.MaxEmptyLines)]
    public void A_few_empty_lines_before_it_are_skipped(int lines)
    {
        GivenEmptyLinesBeforeARequest(lines);
        WhenItIsParsed();
        ThenTheHeadTakes("GET / HTTP/1.1\r\nHost: a\r\n\r\n".Length + 2 * lines);
    }

    [TestCase(RequestParser.MaxEmptyLines + 1)]
    [TestCase(100)]
    public void Many_empty_lines_before_it_are_refused(int lines)
    {
        GivenEmptyLinesBeforeARequest(lines);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("\n")]
    [TestCase("\r\n\n")]
    [TestCase("\r\r\n")]
    [TestCase("\rGET / HTTP/1.1\r\nHost: a\r\n\r\n")]
    [TestCase("\0")]
    [TestCase("\u00ff")]
    public void A_byte_that_begins_no_request_is_refused_at_once(string bytes)
    {
        GivenBytes(bytes);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [Test]
    public void A_TLS_handshake_is_refused_with_a_hint()
    {
        GivenBytes("\u0016");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
        ThenTheReasonSays("TLS");
    }

    [TestCase("")]
    [TestCase("\r")]
    [TestCase("\r\n")]
    [TestCase("G")]
    [TestCase("GET / HTTP/1.1")]
    [TestCase("GET / HTTP/1.1\r")]
    [TestCase("GET / HTTP/1.1\r\n")]
    [TestCase("GET / HTTP/1.1\r\nHost: a\r\n")]
    [TestCase("GET / HTTP/1.1\r\nHost: a\r\n\r")]
    public void A_head_that_has_not_ended_is_incomplete(string bytes)
    {
        GivenBytes(bytes);
        WhenItIsParsed();
        ThenItIsIncomplete();
    }

    private void GivenEmptyLinesBeforeARequest(int lines) =>
        GivenBytes(string.Concat(Enumerable.Repeat("\r\n", lines)) + "GET / HTTP/1.1\r\nHost: a\r\n\r\n");

    private void ThenTheMethodIs(string token, Method method)
    {
        ThenItIsComplete();
        (Parsed.MethodToken, Parsed.Method).ShouldBe((token, method));
    }

    private void ThenTheMinorVersionIs(int minor)
    {
        ThenItIsComplete();
        Parsed.MinorVersion.ShouldBe(minor);
    }

    private void ThenTheHeadTakes(int bytes)
    {
        ThenItIsComplete();
        Parsed.HeadBytes.ShouldBe(bytes);
    }
}
