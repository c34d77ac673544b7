using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a request at a limit is served, one byte or one field more is refused.</summary>
public sealed class RequestLimitsScenarios : ParserFixture
{
    private const int LineBytes = 40;
    private const int HeadBytes = 120;

    [TestCase(LineBytes - 1)]
    [TestCase(LineBytes)]
    public void A_request_line_up_to_its_limit_is_served(int bytes)
    {
        GivenARequestLineOf(bytes);
        WhenItIsParsed();
        ThenItIsComplete();
    }

    [TestCase(LineBytes + 1)]
    [TestCase(LineBytes + 2)]
    [TestCase(LineBytes * 2)]
    public void A_request_line_beyond_its_limit_is_refused(int bytes)
    {
        GivenARequestLineOf(bytes);
        WhenItIsParsed();
        ThenItIsRefusedWith(414);
    }

    [Test]
    public void A_line_is_too_long_as_soon_as_its_limit_has_come_without_an_end()
    {
        GivenLimits();
        GivenBytes("GET /".PadRight(LineBytes, 'a'));
        WhenItIsParsed();
        ThenItIsRefusedWith(414);
    }

    [Test]
    public void A_line_one_byte_short_of_its_limit_may_still_end()
    {
        GivenLimits();
        GivenBytes("GET /".PadRight(LineBytes - 1, 'a'));
        WhenItIsParsed();
        ThenItIsIncomplete();
    }

    [Test]
    public void Empty_lines_do_not_count_towards_the_request_line()
    {
        GivenLimits();
        GivenBytes($"\r\n\r\n{LineOf(LineBytes)}Host: a\r\n\r\n");
        WhenItIsParsed();
        ThenItIsComplete();
    }

    [TestCase("GET", 501)]
    [TestCase("G(T", 400)]
    public void A_method_without_end_is_unknown_or_malformed(string beginning, int status)
    {
        GivenLimits();
        GivenBytes(beginning.PadRight(LineBytes, 'A'));
        WhenItIsParsed();
        ThenItIsRefusedWith(status);
    }

    [TestCase(HeadBytes - 1)]
    [TestCase(HeadBytes)]
    public void A_head_up_to_its_limit_is_served(int bytes)
    {
        GivenAHeadOf(bytes);
        WhenItIsParsed();
        ThenTheHeadTakes(bytes);
    }

    [TestCase(HeadBytes + 1)]
    [TestCase(HeadBytes + 2)]
    [TestCase(HeadBytes + 3)]
    [TestCase(HeadBytes * 2)]
    public void A_head_beyond_its_limit_is_refused(int bytes)
    {
        GivenAHeadOf(bytes);
        WhenItIsParsed();
        ThenItIsRefusedWith(431);
    }

    [Test]
    public void A_head_is_too_long_as_soon_as_its_limit_has_come_without_an_end()
    {
        GivenLimits();
        GivenBytes("GET / HTTP/1.1\r\nX: ".PadRight(HeadBytes, 'y'));
        WhenItIsParsed();
        ThenItIsRefusedWith(431);
    }

    [Test]
    public void Content_after_the_head_does_not_count_towards_it()
    {
        GivenLimits();
        GivenBytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n" + new string('x', HeadBytes * 2));
        WhenItIsParsed();
        ThenItIsComplete();
    }

    [Test]
    public void As_many_fields_as_the_limit_are_served()
    {
        GivenFieldsOf(3);
        WhenItIsParsed();
        ThenItIsComplete();
    }

    [Test]
    public void One_field_more_is_refused()
    {
        GivenFieldsOf(4);
        WhenItIsParsed();
        ThenItIsRefusedWith(431);
    }

    [TestCase(100, ParseResult.Complete)]
    [TestCase(101, ParseResult.Refused)]
    public void The_default_is_a_hundred_fields(int fields, object result)
    {
        GivenARequest("GET / HTTP/1.1", [.. Enumerable.Range(2, fields - 1).Select(n => $"X: {n}")]);
        WhenItIsParsed();
        Parsed.Result.ShouldBe((ParseResult)result);
    }

    [TestCase(8_192, ParseResult.Complete, 0)]
    [TestCase(8_193, ParseResult.Refused, 414)]
    public void The_default_is_a_line_of_8192_bytes(int bytes, object result, int status)
    {
        var text = System.Text.Encoding.ASCII.GetBytes($"{LineOf(bytes)}Host: a\r\n\r\n");
        var parsed = ParsedRequest.From(text, Splits.Whole(text.Length), new());
        ((object)parsed.Result, parsed.Status).ShouldBe((result, status));
    }

    [TestCase(4, ParseResult.Complete)]
    [TestCase(5, ParseResult.Refused)]
    public void A_body_counts_to_its_announced_length(int bytes, object result)
    {
        Limits = new() { BodyBytes = 4 };
        GivenFields($"Content-Length: {bytes}");
        WhenItIsParsed();
        Parsed.Result.ShouldBe((ParseResult)result);
    }

    private void GivenLimits() =>
        Limits = new()
        {
            RequestLineBytes = LineBytes,
            HeadBytes = HeadBytes,
            Fields = 3,
        };

    private void GivenARequestLineOf(int bytes)
    {
        GivenLimits();
        GivenBytes($"{LineOf(bytes)}Host: a\r\n\r\n");
    }

    private void GivenAHeadOf(int bytes)
    {
        GivenLimits();
        const string around = "GET / HTTP/1.1\r\nHost: a\r\nX: \r\n\r\n";
        GivenBytes($"GET / HTTP/1.1\r\nHost: a\r\nX: {new string('y', bytes - around.Length)}\r\n\r\n");
    }

    private void GivenFieldsOf(int count)
    {
        GivenLimits();
        GivenFields([.. Enumerable.Range(2, count - 1).Select(n => $"X: {n}")]);
    }

    private static string LineOf(int bytes) =>
        $"GET /{new string('a', bytes - "GET / HTTP/1.1\r\n".Length)} HTTP/1.1\r\n";

    private void ThenTheHeadTakes(int bytes)
    {
        ThenItIsComplete();
        Parsed.HeadBytes.ShouldBe(bytes);
    }
}
