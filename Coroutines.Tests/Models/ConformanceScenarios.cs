using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using Coroutines.Tests.Host;
using global::Server.Host.Models;

namespace Coroutines.Tests.Models;

/// <summary>Feature: whoever runs a connection, one of how many workers, and whichever poller says when, the same bytes are answered with the same
/// bytes, but for the date and what separates parts.</summary>
[Platform("Linux")]
public sealed partial class ConformanceScenarios
{
    private const string Host = "Host: localhost\r\n";

    private static SiteFolder? folder;
    private static Dictionary<string, ServerProcess> servers = [];

    private static IEnumerable<TestCaseData> Conversations()
    {
        static TestCaseData Conversation(string name, string requests, params int[] statuses) =>
            new TestCaseData(requests, statuses).SetArgDisplayNames(name);

        yield return Conversation("a file", $"GET /small.bin HTTP/1.1\r\n{Host}\r\n", 200);
        yield return Conversation("a large file", $"GET /large.bin HTTP/1.1\r\n{Host}\r\n", 200);
        yield return Conversation("an empty file", $"GET /empty.txt HTTP/1.1\r\n{Host}\r\n", 200);
        yield return Conversation("a folder's page", $"GET /sub/ HTTP/1.1\r\n{Host}\r\n", 200);
        yield return Conversation("the head alone", $"HEAD /large.bin HTTP/1.1\r\n{Host}\r\n", 200);
        yield return Conversation(
            "a copy that is right",
            $"GET /small.bin HTTP/1.1\r\n{Host}If-None-Match: *\r\n\r\n",
            304
        );
        yield return Conversation(
            "a condition that fails",
            $"GET /small.bin HTTP/1.1\r\n{Host}If-Match: \"x\"\r\n\r\n",
            412
        );
        yield return Conversation("a part", $"GET /small.bin HTTP/1.1\r\n{Host}Range: bytes=-100\r\n\r\n", 206);
        yield return Conversation(
            "a part of a large file",
            $"GET /large.bin HTTP/1.1\r\n{Host}Range: bytes=1000000-1999999\r\n\r\n",
            206
        );
        yield return Conversation(
            "several parts",
            $"GET /small.bin HTTP/1.1\r\n{Host}Range: bytes=5-9,0-1,-7\r\n\r\n"
                + $"GET /large.bin HTTP/1.1\r\n{Host}Range: bytes=0-1,1000000-1999999,5-9\r\n\r\n",
            206,
            206
        );
        yield return Conversation(
            "parts that are not there",
            $"GET /small.bin HTTP/1.1\r\n{Host}Range: bytes=4000-\r\n\r\nGET /none HTTP/1.1\r\n{Host}\r\n",
            416,
            404
        );
        yield return Conversation("a folder without its slash", $"GET /sub?a=b HTTP/1.1\r\n{Host}\r\n", 301);
        yield return Conversation("nothing there", $"GET /none HTTP/1.1\r\n{Host}\r\n", 404);
        yield return Conversation("above the root", $"GET /../../etc/hostname HTTP/1.1\r\n{Host}\r\n", 404);
        yield return Conversation("a hidden file", $"GET /.hidden HTTP/1.1\r\n{Host}\r\n", 404);
        yield return Conversation("a bad path", $"GET /%00 HTTP/1.1\r\n{Host}\r\n", 400);
        yield return Conversation("no host", "GET / HTTP/1.1\r\n\r\n", 400);
        yield return Conversation("no request", "hello\r\n\r\n", 400);
        yield return Conversation("a bare line feed", $"GET / HTTP/1.1\n{Host}\r\n", 400);
        yield return Conversation("another method", $"DELETE /small.bin HTTP/1.1\r\n{Host}\r\n", 405);
        yield return Conversation("an unknown method", $"BREW /small.bin HTTP/1.1\r\n{Host}\r\n", 501);
        yield return Conversation("the methods", $"OPTIONS * HTTP/1.1\r\n{Host}\r\n", 204);
        yield return Conversation("an absolute target", $"GET http://b/small.bin HTTP/1.1\r\n{Host}\r\n", 200);
        yield return Conversation("a target of https", $"GET https://b/small.bin HTTP/1.1\r\n{Host}\r\n", 421);
        yield return Conversation(
            "a length and a coding, whatever the method",
            $"BREW / HTTP/1.1\r\n{Host}Content-Length: 1\r\nTransfer-Encoding: chunked\r\n\r\n",
            400
        );
        yield return Conversation(
            "a malformed chunk",
            $"PUT / HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5;;\r\nhello\r\n0\r\n\r\n",
            400
        );
        yield return Conversation("another version", $"GET / HTTP/2.0\r\n{Host}\r\n", 505);
        yield return Conversation("a long target", $"GET /{new string('a', 9_000)} HTTP/1.1\r\n{Host}\r\n", 414);
        yield return Conversation(
            "a large field",
            $"GET / HTTP/1.1\r\n{Host}A: {new string('a', 33_000)}\r\n\r\n",
            431
        );
        yield return Conversation("an expectation", $"GET / HTTP/1.1\r\n{Host}Expect: tea\r\n\r\n", 417);
        yield return Conversation("version 1.0", "GET /small.bin HTTP/1.0\r\n\r\n", 200);
        yield return Conversation(
            "version 1.0, persistent",
            "GET /small.bin HTTP/1.0\r\nConnection: keep-alive\r\n\r\nGET /none HTTP/1.0\r\n\r\n",
            200,
            404
        );
        yield return Conversation(
            "contents, skipped",
            $"GET /small.bin HTTP/1.1\r\n{Host}Content-Length: 5\r\n\r\nhello"
                + $"GET /none HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\n\r\n"
                + $"GET /sub/ HTTP/1.1\r\n{Host}\r\n",
            200,
            404,
            200
        );
        yield return Conversation(
            "smuggled",
            $"GET / HTTP/1.1\r\n{Host}Content-Length: 5\r\nTransfer-Encoding: chunked\r\n\r\n0\r\n\r\n",
            400
        );
        yield return Conversation(
            "a hundred at once",
            string.Concat(Enumerable.Repeat($"GET /small.bin HTTP/1.1\r\n{Host}\r\n", 100)),
            [.. Enumerable.Repeat(200, 100)]
        );
        yield return Conversation(
            "after the last one",
            $"GET /small.bin HTTP/1.1\r\n{Host}Connection: close\r\n\r\nGET /none HTTP/1.1\r\n{Host}\r\n",
            200
        );
        yield return Conversation(
            "each coding",
            string.Concat(
                (
                    (string[])["br", "gzip", "zstd", "identity", "gzip;q=0.1, br;q=0.2", "*;q=0", "x, identity;q=0"]
                ).Select(accepted => $"GET /style.css HTTP/1.1\r\n{Host}Accept-Encoding: {accepted}\r\n\r\n")
            ),
            200,
            200,
            200,
            200,
            200,
            406,
            406
        );
        yield return Conversation(
            "copies and parts of codings",
            string.Concat(
                ((string[])["If-None-Match: *", "If-Match: \"x\"", "Range: bytes=0-1", "Range: bytes=9-"]).Select(
                    condition => $"GET /style.css HTTP/1.1\r\n{Host}Accept-Encoding: zstd\r\n{condition}\r\n\r\n"
                )
            ),
            304,
            412,
            206,
            416
        );
        yield return Conversation("nothing at all", "");
        yield return Conversation("half a request", "GET / HT");
    }

    [OneTimeSetUp]
    public static void Start()
    {
        folder = new SiteFolder();
        folder.WriteBytes("small.bin", 4_000);
        folder.WriteBytes("large.bin", 3_000_000);
        folder.WriteText("empty.txt", "");
        folder.WriteText("style.css", string.Concat(Enumerable.Range(0, 500).Select(i => $".a{i} {{}}\n")));
        folder.WriteText("style.css.zst", "coded");
        folder.WriteText(".hidden", "nobody's business");
        Directory.CreateDirectory(folder.PathOf("sub"));
        folder.WriteText("sub/index.html", "below");
        servers = Model.Names.ToDictionary(model => model, model => ServerProcess.Serve(folder.Path, "--model", model));
        foreach (var poller in Pollers.Plain)
            servers.Add(poller, ServerProcess.Serve(folder.Path, "--poller", poller));
        servers.Add("two workers", ServerProcess.Serve(folder.Path, "--workers", "2"));
    }

    [OneTimeTearDown]
    public static void Stop()
    {
        foreach (var server in servers.Values)
            server.Dispose();
        folder?.Dispose();
    }

    [TestCaseSource(nameof(Conversations))]
    public void They_all_answer_alike(string requests, int[] statuses)
    {
        var expected = Ask(servers[Model.Coroutines], requests);
        Statuses(expected).ShouldBe(statuses);
        foreach (var (model, server) in servers)
            (Ask(server, requests) == expected).ShouldBeTrue($"{model} answers differently.");
    }

    [Test]
    public void They_all_answer_alike_byte_by_byte()
    {
        const string requests =
            $"\r\nPUT / HTTP/1.1\r\n{Host}Content-Length: 5\r\n\r\nhelloGET /small.bin HTTP/1.1\r\n{Host}Range: bytes=-5\r\n\r\n"
            + $"GET /sub/ HTTP/1.1\r\n{Host}Transfer-Encoding: chunked\r\n\r\n1;a\r\n!\r\n0\r\nX: y\r\n\r\nGET ? HTTP/1.1\r\n\r\n";
        var expected = Ask(servers[Model.Coroutines], requests);
        Statuses(expected).ShouldBe([405, 206, 200, 400]);
        foreach (var (model, server) in servers)
            (Ask(server, [.. requests.Select(one => $"{one}")]) == expected).ShouldBeTrue(
                $"{model} answers differently."
            );
    }

    private static string Ask(ServerProcess server, params string[] pieces)
    {
        using var client = server.Connect();
        foreach (var piece in pieces)
            client.Send(piece);
        client.HalfClose();
        var answers = Date().Replace(Encoding.Latin1.GetString(client.ReceiveToEnd()), "\r\nDate: now");
        return Boundary()
            .Matches(answers)
            .Aggregate(answers, (text, match) => text.Replace(match.Groups[1].Value, "boundary"));
    }

    private static IEnumerable<int> Statuses(string answers) =>
        StatusLine().Matches(answers).Select(line => int.Parse(line.Groups[1].Value, CultureInfo.InvariantCulture));

    [GeneratedRegex(@"\r\nDate: [^\r]*")]
    private static partial Regex Date();

    [GeneratedRegex(@"; boundary=([^\r]*)")]
    private static partial Regex Boundary();

    [GeneratedRegex(@"HTTP/1\.1 (\d\d\d) [^\r]*\r\n")]
    private static partial Regex StatusLine();
}
