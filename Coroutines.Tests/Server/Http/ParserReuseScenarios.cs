using System.Text;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: one parser and one request serve a connection for its whole life.</summary>
public sealed class ParserReuseScenarios
{
    private readonly RequestParser parser = new(new());
    private readonly Request request = new();

    [Test]
    public void Pipelined_requests_are_parsed_one_after_the_other()
    {
        var bytes = Bytes("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nGET /22 HTTP/1.1\r\nHost: a\r\n\r\nGET");
        Parse(ref bytes).ShouldBe("/1");
        Parse(ref bytes).ShouldBe("/22");
        parser.Parse(bytes, request).ShouldBe(ParseResult.Incomplete);
    }

    [Test]
    public void Each_pipelined_request_may_have_a_few_empty_lines_before_it()
    {
        var emptyLines = string.Concat(Enumerable.Repeat("\r\n", RequestParser.MaxEmptyLines));
        var bytes = Bytes($"{emptyLines}GET /1 HTTP/1.0\r\n\r\n{emptyLines}GET /2 HTTP/1.0\r\n\r\n");
        Parse(ref bytes).ShouldBe("/1");
        Parse(ref bytes).ShouldBe("/2");
    }

    [Test]
    public void A_refusal_stays_until_the_parser_is_reset()
    {
        var good = Bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        parser.Parse(Bytes("GET / HTTP/9.9\r\n"), request).ShouldBe(ParseResult.Refused);
        parser.Parse(good, request).ShouldBe(ParseResult.Refused);
        parser.Refusal.Status.ShouldBe(505);
        parser.Reset();
        Parse(ref good).ShouldBe("/");
    }

    [Test]
    public void An_abandoned_request_leaves_nothing_behind()
    {
        parser.Parse(Bytes("POST /old HTTP/1.0\r\nX: y\r\n"), request).ShouldBe(ParseResult.Incomplete);
        parser.Reset();
        var bytes = Bytes("GET / HTTP/1.1\r\nHost: a\r\n\r\n");
        Parse(ref bytes).ShouldBe("/");
        (request.FieldCount, request.MinorVersion).ShouldBe((1, 1));
    }

    [Test]
    public void A_refused_request_still_tells_what_had_been_read()
    {
        parser.Parse(Bytes("GET /a?b HTTP/1.1\r\nX: y\r\nZ\r\n"), request).ShouldBe(ParseResult.Refused);
        Encoding.ASCII.GetString(request.Target).ShouldBe("/a?b");
        request.FieldCount.ShouldBe(1);
    }

    [Test]
    public void A_request_whose_line_was_refused_tells_nothing()
    {
        parser.Parse(Bytes("GET /a#b HTTP/1.1\r\n"), request).ShouldBe(ParseResult.Refused);
        (request.Target.Length, request.Path.Length, request.FieldCount).ShouldBe((0, 0, 0));
    }

    [Test]
    public void A_reset_request_is_empty()
    {
        var bytes = Bytes("GET / HTTP/1.1\r\nHost: a\r\nContent-Length: 3\r\n\r\n");
        Parse(ref bytes);
        request.Reset();
        (request.Target.Length, request.FieldCount, request.HeadBytes).ShouldBe((0, 0, 0));
        (request.Body, request.KeepAlive).ShouldBe((BodyFraming.None, false));
    }

    [Test]
    public void Fewer_bytes_than_before_are_a_callers_mistake()
    {
        parser.Parse(Bytes("GET / HT"), request);
        Should.Throw<ArgumentException>(() => parser.Parse(Bytes("GET"), request)).Message.ShouldContain("at least 8");
    }

    [Test]
    public void A_buffer_as_large_as_the_head_limit_is_large_enough()
    {
        var limits = new RequestLimits { HeadBytes = 64, RequestLineBytes = 64 };
        foreach (var beginning in (string[])["\r\n\r\n", "", "GET / HTTP/1.1\r\n", "GET / HTTP/1.1\r\nX: "])
        {
            var full = Bytes(beginning.PadRight(64, 'a'));
            new RequestParser(limits).Parse(full, request).ShouldBe(ParseResult.Refused, beginning);
        }
    }

    [Test]
    public void Bytes_that_were_searched_are_not_searched_again()
    {
        parser.Parse(Bytes("GET / HTTP/1.1\r\nX: yyyy"), request).ShouldBe(ParseResult.Incomplete);
        // A search from the line's start would find this LF and refuse it.
        parser.Parse(Bytes("GET / HTTP/1.1\r\nX: y\nyyy"), request).ShouldBe(ParseResult.Incomplete);
    }

    private string Parse(ref ReadOnlyMemory<byte> bytes)
    {
        parser.Parse(bytes, request).ShouldBe(ParseResult.Complete);
        bytes = bytes[request.HeadBytes..];
        return Encoding.ASCII.GetString(request.Path);
    }

    private static ReadOnlyMemory<byte> Bytes(string text) => Encoding.ASCII.GetBytes(text);
}
