using System.Net;
using System.Text;
using Coroutines.Testing;
using Server.Host.AccessLogs;
using Server.Host.Http;

namespace Coroutines.Tests.Server;

/// <summary>Feature: a line for each answer, in Apache's Combined format, that no client can forge.</summary>
public sealed class AccessLogScenarios
{
    private const string Prefix = "192.0.2.1 - - [09/Nov/2026:08:07:06 +0000] ";

    private readonly KeptLines lines = new();
    private readonly ManualClock clock = new(new(2026, 11, 9, 8, 7, 6, TimeSpan.Zero));
    private readonly Request request = new();
    private readonly CombinedAccessLog log;
    private EndPoint? client = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 40_000);

    public AccessLogScenarios() => log = new(lines, clock);

    [Test]
    public void A_line_says_who_asked_for_what_and_what_was_answered()
    {
        WhenItIsAnswered(
            "GET /a?b=c HTTP/1.1\r\nHost: a\r\nReferer: http://example.com/\r\nUser-Agent: Mozilla/5.0 (X11)\r\n\r\n",
            200,
            1_234_567
        );
        ThenTheLineIs("\"GET /a?b=c HTTP/1.1\" 200 1234567 \"http://example.com/\" \"Mozilla/5.0 (X11)\"");
    }

    [Test]
    public void What_is_missing_is_a_dash()
    {
        WhenItIsAnswered("HEAD / HTTP/1.0\r\n\r\n", 304, 0);
        ThenTheLineIs("\"HEAD / HTTP/1.0\" 304 0 \"-\" \"-\"");
    }

    [TestCase("")]
    [TestCase("GET / HT")]
    [TestCase("\u0016\u0003\u0001")]
    public void A_request_that_was_not_read_is_a_dash(string text)
    {
        WhenItIsAnswered(text, 408, 100);
        ThenTheLineIs("\"-\" 408 100 \"-\" \"-\"");
    }

    [Test]
    public void A_client_that_has_gone_is_a_dash()
    {
        client = null;
        WhenItIsAnswered("GET / HTTP/1.0\r\n\r\n", 200, 5);
        lines.All.ShouldHaveSingleItem().ShouldStartWith("- - - [");
    }

    [Test]
    public void An_IPv6_address_stands_as_it_is()
    {
        client = new IPEndPoint(IPAddress.IPv6Loopback, 1);
        WhenItIsAnswered("GET / HTTP/1.0\r\n\r\n", 200, 5);
        lines.All.ShouldHaveSingleItem().ShouldStartWith("::1 - - [");
    }

    [TestCase("a\" 200 0 \"-\" \"b", @"a\x22 200 0 \x22-\x22 \x22b")]
    [TestCase(@"a\x22b\", @"a\x5Cx22b\x5C")]
    [TestCase("a\tb", @"a\x09b")]
    [TestCase("caf\u00e9", @"caf\xE9")]
    [TestCase("\u0080\u009b\u00ff", @"\x80\x9B\xFF")]
    [TestCase("~ !", "~ !")]
    [TestCase("{0} ${message} %s", "{0} ${message} %s")]
    public void What_a_client_chose_is_escaped(string value, string logged)
    {
        WhenItIsAnswered($"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: {value}\r\nReferer: {value}\r\n\r\n", 200, 5);
        ThenTheLineIs($"\"GET / HTTP/1.1\" 200 5 \"{logged}\" \"{logged}\"");
    }

    [TestCase("/caf\u00e9", @"/caf\xE9")]
    [TestCase("/a\"b", @"/a\x22b")]
    [TestCase("/%0d%0a", "/%0d%0a")]
    [TestCase("/\\x22", @"/\x5Cx22")]
    public void A_target_is_escaped_whether_it_is_served_or_not(string target, string logged)
    {
        WhenItIsAnswered($"GET {target} HTTP/1.1\r\nHost: a\r\n\r\n", 404, 5);
        var line = lines.All.ShouldHaveSingleItem();
        line.ShouldBeOneOf(Prefix + $"\"GET {logged} HTTP/1.1\" 404 5 \"-\" \"-\"", Prefix + "\"-\" 404 5 \"-\" \"-\"");
    }

    [Test]
    public void No_byte_at_all_begins_a_line_or_ends_a_value()
    {
        for (var value = 0; value < 256; value++)
        {
            var text =
                $"GET /{(char)value} HTTP/1.1\r\nHost: a\r\nUser-Agent: {(char)value}\r\nReferer: {(char)value}\r\n\r\n";
            WhenItIsAnswered(text, 200, 5);
        }
        lines.All.Count.ShouldBe(256);
        lines.All.ShouldAllBe(line => line.All(c => c >= ' ' && c <= '~') && line.Count(c => c == '"') == 6);
    }

    [Test]
    public void A_field_that_came_twice_is_a_dash()
    {
        WhenItIsAnswered("GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: a\r\nUser-Agent: b\r\n\r\n", 200, 5);
        ThenTheLineIs("\"GET / HTTP/1.1\" 200 5 \"-\" \"-\"");
    }

    [Test]
    public void A_line_allocates_nothing()
    {
        var discarding = new CombinedAccessLog(new DiscardedLines(), clock);
        WhenItIsAnswered("GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: \u00e9\r\n\r\n", 200, 5);
        discarding.Answered(client, request, 200, 5);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var answer = 0; answer < 100; answer++)
            discarding.Answered(client, request, 200, 5);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void A_line_may_be_long()
    {
        var name = new string('\u00e9', 20_000);
        WhenItIsAnswered($"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: {name}\r\n\r\n", 200, 5);
        ThenTheLineIs(
            $"\"GET / HTTP/1.1\" 200 5 \"-\" \"{name.Replace("\u00e9", @"\xE9", StringComparison.Ordinal)}\""
        );
    }

    private void WhenItIsAnswered(string text, int status, long contentBytes)
    {
        new RequestParser(new()).Parse(Encoding.Latin1.GetBytes(text), request);
        log.Answered(client, request, status, contentBytes);
    }

    private void ThenTheLineIs(string rest) => lines.All.ShouldHaveSingleItem().ShouldBe(Prefix + rest);
}
