using System.Net;
using System.Text;
using System.Text.Json;
using Coroutines.Testing;
using Server.Host.AccessLogs;
using Server.Host.Http;

namespace Coroutines.Tests.Server;

/// <summary>Feature: a JSON object for each answer, in one line that no client can forge.</summary>
public sealed class JsonAccessLogScenarios
{
    private readonly KeptLines lines = new();
    private readonly Request request = new();
    private readonly JsonAccessLog log;
    private EndPoint? client = new IPEndPoint(IPAddress.Parse("192.0.2.1"), 40_000);

    public JsonAccessLogScenarios() => log = new(lines, new ManualClock(new(2026, 11, 9, 8, 7, 6, TimeSpan.Zero)));

    [Test]
    public void A_line_says_who_asked_for_what_and_what_was_answered()
    {
        WhenItIsAnswered(
            "GET /a?b=c HTTP/1.1\r\nHost: a\r\nReferer: http://example.com/\r\nUser-Agent: Mozilla/5.0\r\n\r\n",
            200
        );
        lines
            .All.ShouldHaveSingleItem()
            .ShouldBe(
                """{"time":"2026-11-09T08:07:06.000Z","client":"192.0.2.1","method":"GET","target":"/a?b=c","""
                    + """
                    "protocol":"HTTP/1.1","status":200,"bytes":5,"referer":"http://example.com/","userAgent":"Mozilla/5.0"}
                    """
            );
    }

    [TestCase("")]
    [TestCase("GET / HT")]
    [TestCase("\u0016\u0003\u0001")]
    public void What_could_not_be_read_is_null(string text)
    {
        client = null;
        WhenItIsAnswered(text, 400);
        using var line = JsonDocument.Parse(lines.All[0]);
        foreach (var name in "client method target protocol referer userAgent".Split(' '))
            line.RootElement.GetProperty(name).ValueKind.ShouldBe(JsonValueKind.Null);
        line.RootElement.GetProperty("status").GetInt32().ShouldBe(400);
    }

    [TestCase("a\",\"status\":200,\"x\":\"", @"a\x22,\x22status\x22:200,\x22x\x22:\x22")]
    [TestCase("a\\", @"a\x5C")]
    [TestCase("caf\u00e9", @"caf\xE9")]
    [TestCase("\u00c3\u00a9\u00ff", @"\xC3\xA9\xFF")]
    [TestCase("a\tb", @"a\x09b")]
    public void What_a_client_chose_is_escaped(string value, string logged)
    {
        WhenItIsAnswered($"GET / HTTP/1.1\r\nHost: a\r\nUser-Agent: {value}\r\n\r\n", 200);
        using var line = JsonDocument.Parse(lines.All[0]);
        line.RootElement.GetProperty("userAgent").GetString().ShouldBe(logged);
    }

    [Test]
    public void Whatever_the_byte_a_line_is_one_object_of_the_same_names_in_ASCII()
    {
        for (var value = 0; value < 256; value++)
        {
            var text =
                $"GET /{(char)value} HTTP/1.1\r\nHost: a\r\nUser-Agent: {(char)value}\r\nReferer: {(char)value}\r\n\r\n";
            WhenItIsAnswered(text, 200);
            lines.All[value].ShouldAllBe(letter => letter >= ' ' && letter <= '~');
            using var line = JsonDocument.Parse(lines.All[value]);
            line.RootElement.EnumerateObject().Count().ShouldBe(9);
        }
    }

    private void WhenItIsAnswered(string text, int status)
    {
        new RequestParser(new()).Parse(Encoding.Latin1.GetBytes(text), request);
        log.Answered(client, request, status, contentBytes: 5);
    }
}
