using System.IO.Compression;
using System.Text;
using Coroutines.Sync;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: an answer is coded as the client takes it, and what is said of it is true of that coding (RFC 9110,
/// sections 8.4, 8.8, 12.5.3, 12.5.5 and 13).</summary>
public sealed class CodedAnswerScenarios : HttpFixture
{
    private const string Ticks = "8de49ab96b70080";
    private const string Plain = "\"" + Ticks + "-1f40\"";
    private const string Gzip = "W/\"" + Ticks + "-1f40-gzip\"";
    private const string Brotli = "W/\"" + Ticks + "-1f40-br\"";
    private const string Beside = "\"" + Ticks + "-5.br\"";

    private static readonly string Long = string.Concat(Enumerable.Repeat("a line\n\n", 1_000));

    [Test]
    public void A_file_beside_the_file_is_sent_for_it()
    {
        GivenAFile("a.css", Long);
        GivenAFile("a.css.br", "coded");
        WhenItSends(Get("/a.css", "Accept-Encoding: gzip, deflate, br, zstd"));
        ThenTheAnswerIs(200)
            .Fields.ShouldBe([
                "Date: Fri, 01 Jan 2100 00:00:00 GMT",
                "Server: Coroutines",
                "Content-Type: text/css; charset=utf-8",
                "Content-Encoding: br",
                "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT",
                "ETag: " + Beside,
                "Accept-Ranges: bytes",
                "Cache-Control: no-cache",
                "Content-Length: 5",
                "Vary: Accept-Encoding",
            ]);
        Answers[0].Content.ShouldBe("coded");
    }

    [TestCase("gzip", Gzip)]
    [TestCase("br", Brotli)]
    public void A_file_is_compressed(string coding, string tag)
    {
        GivenAFile("a.css", Long);
        WhenItSends(Get("/a.css", "Accept-Encoding: " + coding) + Get("/a.css", "Accept-Encoding: " + coding));
        ThenTheStatusesAre(200, 200);
        foreach (var answer in Answers)
        {
            (answer["Content-Encoding"], answer["ETag"], answer["Vary"]).ShouldBe((coding, tag, "Accept-Encoding"));
            answer["Content-Type"].ShouldBe("text/css; charset=utf-8");
            answer.Has("Accept-Ranges").ShouldBeFalse();
            Decoded(answer).ShouldBe(Long);
        }
        ThenNoExchangeIsHeld();
    }

    [Test]
    public void Requests_that_came_together_are_answered_in_order()
    {
        GivenAFile("a.css", Long);
        GivenAFile("b", "small");
        WhenItSends(
            Get("/b")
                + Get("/a.css", "Accept-Encoding: br")
                + Get("/b")
                + Get("/a.css", "Accept-Encoding: gzip")
                + Get("/a.css")
        );
        ThenTheStatusesAre(200, 200, 200, 200, 200);
        Answers.Select(Decoded).ShouldBe(["small", Long, "small", Long, Long]);
        ThenItIsOpen();
    }

    [TestCase("/a.css", "", "200", Plain)]
    [TestCase("/a.css", "gzip", "200 gzip", Gzip)]
    [TestCase("/a.css", "br;q=0.5, gzip;q=0.4", "200 br", Brotli)]
    [TestCase("/a.css", "gzip;q=0.5, identity", "200", Plain)]
    [TestCase("/a.css", "identity;q=0", "406", null)]
    [TestCase("/a.css", "gzip, identity;q=0", "200 gzip", Gzip)]
    [TestCase("/small.css", "gzip, identity;q=0", "406", null)]
    [TestCase("/small.css", "gzip", "200", "\"" + Ticks + "-5\"")]
    [TestCase("/b.css", "br", "200 br", Beside)]
    [TestCase("/b.css", "gzip", "200 gzip", Gzip)]
    [TestCase("/only.css", "br", "200 br", Beside)]
    [TestCase("/only.css", "*", "200 br", Beside)]
    [TestCase("/only.css", "gzip", "406", null)]
    [TestCase("/only.css", "", "406", null)]
    public void Whatever_is_answered_says_that_it_varies(string target, string accepted, string expected, string? tag)
    {
        GivenFilesOfAllKinds();
        WhenItSends(Get(target, "Accept-Encoding: " + accepted));
        var answer = Answers.ShouldHaveSingleItem();
        ThenItIs(answer, expected);
        (answer["Vary"], answer.Has("ETag") ? answer["ETag"] : null).ShouldBe(("Accept-Encoding", tag));
    }

    [TestCase("/a.css", "identity;q=0", "as it is, as br, as gzip")]
    [TestCase("/small.css", "br, identity;q=0", "as it is")]
    [TestCase("/b.css", "*;q=0", "as it is, as br, as gzip")]
    [TestCase("/only.css", "gzip", "as br")]
    public void Who_takes_nothing_is_told_what_there_is(string target, string accepted, string codings)
    {
        GivenFilesOfAllKinds();
        WhenItSends(Get(target, "Accept-Encoding: " + accepted));
        ThenTheAnswerIs(406).Content.ShouldContain($"<p>This file is here {codings}.</p>");
    }

    [Test]
    public void Without_the_field_the_file_is_sent_as_it_is_if_it_is_there()
    {
        GivenFilesOfAllKinds();
        WhenItSends(Get("/a.css") + Get("/b.css") + Get("/only.css"));
        ThenItIs(Answers[0], "200");
        ThenItIs(Answers[1], "200");
        ThenItIs(Answers[2], "200 br");
    }

    // There is nothing to choose from, so the field is disregarded (RFC 9110, section 12.4.1), also where it excludes what
    // there is.
    [Test]
    public void What_can_not_be_coded_does_not_vary()
    {
        GivenAFile("a.png", Long);
        WhenItSends(
            Get("/a.png", "Accept-Encoding: gzip, br")
                + Get("/a.png", "Accept-Encoding: gzip, identity;q=0")
                + Get("/a.png", "Accept-Encoding: *;q=0", "Range: bytes=0-1")
                + Get("/a.png", "Accept-Encoding: gzip", "If-None-Match: *")
                + Get("/missing", "Accept-Encoding: gzip")
        );
        ThenTheStatusesAre(200, 200, 206, 304, 404);
        Answers.ShouldAllBe(answer => !answer.Has("Vary") && !answer.Has("Content-Encoding"));
    }

    // Whose copy it is, is told by the tag of the representation that the client would get (RFC 9110, section 13.1.2).
    [TestCase("gzip", "If-None-Match", Gzip, 304)]
    [TestCase("gzip", "If-None-Match", "\"" + Ticks + "-1f40-gzip\"", 304)]
    [TestCase("gzip", "If-None-Match", "*", 304)]
    [TestCase("gzip", "If-None-Match", Brotli + ", " + Gzip, 304)]
    [TestCase("gzip", "If-None-Match", Plain, 200)]
    [TestCase("gzip", "If-None-Match", Brotli, 200)]
    [TestCase("", "If-None-Match", Plain, 304)]
    [TestCase("", "If-None-Match", Gzip, 200)]
    [TestCase("gzip", "If-Match", "*", 200)]
    [TestCase("gzip", "If-Match", Gzip, 412)]
    [TestCase("gzip", "If-Match", Plain, 412)]
    [TestCase("", "If-Match", Plain, 200)]
    [TestCase("", "If-Match", Gzip, 412)]
    public void Conditions_are_about_the_coding_that_is_sent(string accepted, string name, string tags, int status)
    {
        GivenAFile("a.css", Long);
        var request = Get("/a.css", "Accept-Encoding: " + accepted, $"{name}: {tags}");
        WhenItSends(request + Get("/a.css", "Accept-Encoding: gzip") + request);
        ThenTheStatusesAre(status, 200, status);
        Answers.ShouldAllBe(answer => answer["Vary"] == "Accept-Encoding");
        if (status == 304)
            Answers[0]["ETag"].ShouldBe(accepted.Length > 0 ? Gzip : Plain);
    }

    [TestCase("If-None-Match", Beside, 304)]
    [TestCase("If-None-Match", Plain, 200)]
    [TestCase("If-Match", Beside, 200)]
    [TestCase("If-Match", Plain, 412)]
    public void Also_of_one_that_lies_there(string name, string tag, int status)
    {
        GivenFilesOfAllKinds();
        WhenItSends(Get("/b.css", "Accept-Encoding: br", $"{name}: {tag}"));
        ThenTheAnswerIs(status)["Vary"].ShouldBe("Accept-Encoding");
    }

    [Test]
    public void Who_has_a_copy_need_not_wait_for_a_compression()
    {
        GivenAFile("a.css", Long);
        WhenItSends(Get("/a.css", "Accept-Encoding: gzip", "If-None-Match: " + Gzip));
        ThenTheAnswerIs(304);
        Served.Cache.Count.ShouldBe(1);
        ThenTheFileIsHeldByTheCacheAlone("/a.css");
    }

    [TestCase("/a.css", "gzip")]
    [TestCase("/a.css", "br")]
    [TestCase("/a.css", "")]
    [TestCase("/b.css", "br")]
    [TestCase("/only.css", "gzip")]
    [TestCase("/none", "gzip")]
    [TestCase("/404.html", "br")]
    public void HEAD_has_the_fields_of_GET(string target, string accepted)
    {
        GivenFilesOfAllKinds();
        GivenAFile("404.html", Long);
        WhenItSends(Ask("HEAD", target, "Accept-Encoding: " + accepted) + Get(target, "Accept-Encoding: " + accepted));
        var answers = Answer.ReadAll(Client.ReceivedText, "HEAD", "GET");
        answers.Count.ShouldBe(2);
        answers[0].Status.ShouldBe(answers[1].Status);
        answers[0].Fields.ShouldBe(answers[1].Fields);
    }

    [TestCase("/b.css", "br", "bytes=1-2", "206 br", "od")]
    [TestCase("/b.css", "br", "bytes=0-0,2-2", "200 br", "coded")]
    [TestCase("/b.css", "br", "bytes=9-", "416", null)]
    [TestCase("/only.css", "br", "bytes=-2", "206 br", "ed")]
    [TestCase("/a.css", "gzip", "bytes=0-5", "206", "a line")]
    [TestCase("/a.css", "gzip, identity;q=0", "bytes=0-5", "200 gzip", null)]
    [TestCase("/a.css", "", "bytes=0-5", "206", "a line")]
    public void A_part_is_one_of_what_lies_there(
        string target,
        string accepted,
        string range,
        string expected,
        string? content
    )
    {
        GivenFilesOfAllKinds();
        WhenItSends(Get(target, "Accept-Encoding: " + accepted, "Range: " + range));
        var answer = Answers.ShouldHaveSingleItem();
        ThenItIs(answer, expected);
        answer["Vary"].ShouldBe("Accept-Encoding");
        if (content is not null)
            answer.Content.ShouldBe(content);
    }

    [TestCase("br", Beside, "206")]
    [TestCase("br", Plain, "200 br")]
    [TestCase("gzip", Plain, "206")]
    [TestCase("gzip", Gzip, "200")]
    [TestCase("br", Brotli, "200 br")]
    public void A_part_is_of_the_coding_that_the_client_has(string accepted, string tag, string expected)
    {
        GivenFilesOfAllKinds();
        WhenItSends(Get("/b.css", "Accept-Encoding: " + accepted, "Range: bytes=1-2", "If-Range: " + tag));
        ThenItIs(Answers.ShouldHaveSingleItem(), expected);
        Answers[0]["Vary"].ShouldBe("Accept-Encoding");
        Answers[0]["Cache-Control"].ShouldBe("no-cache");
    }

    [Test]
    public void HEAD_knows_no_parts()
    {
        GivenFilesOfAllKinds();
        WhenItSends(
            Ask("HEAD", "/a.css", "Accept-Encoding: gzip", "Range: bytes=0-1") + Get("/a.css", "Accept-Encoding: gzip")
        );
        var answers = Answer.ReadAll(Client.ReceivedText, "HEAD", "GET");
        answers[0].Fields.ShouldBe(answers[1].Fields);
    }

    [Test]
    public void A_page_stands_for_what_is_missing()
    {
        GivenAFile("404.html", "<p>gone");
        WhenItSends(
            Get("/none")
                + Get("/.git/config", "If-None-Match: *", "Range: bytes=0-1")
                + Get("/none", "If-Match: \"x\"")
                + Get("/404.html")
        );
        ThenTheStatusesAre(404, 404, 404, 200);
        Answers.ShouldAllBe(answer => answer.Content == "<p>gone");
        Answers[0]
            .Fields[2..]
            .ShouldBe([
                "Content-Type: text/html; charset=utf-8",
                "Cache-Control: no-cache",
                "Content-Length: 7",
                "Vary: Accept-Encoding",
            ]);
    }

    [Test]
    public void That_page_has_codings_too()
    {
        GivenAFile("404.html", Long);
        WhenItSends(
            Get("/none", "Accept-Encoding: gzip")
                + Get("/none", "Accept-Encoding: br")
                + Get("/none", "Accept-Encoding: *;q=0")
        );
        ThenTheStatusesAre(404, 404, 404);
        Decoded(Answers[0]).ShouldBe(Long);
        Decoded(Answers[1]).ShouldBe(Long);
        Answers[2].Content.ShouldContain("404 Not Found");
        Answers.ShouldAllBe(answer => answer.Fields.Contains("Vary: Accept-Encoding"));
    }

    [Test]
    public void A_large_page_is_sent_in_full()
    {
        GivenAFile("404.html", new string('x', 200_000));
        WhenItSends(Get("/none") + Get("/none"));
        ThenTheStatusesAre(404, 404);
        Answers.ShouldAllBe(answer => answer.Content.Length == 200_000);
        ThenTheFileIsHeldByTheCacheAlone("/404.html");
    }

    [Test]
    public void Others_are_served_while_a_file_is_compressed()
    {
        using var gate = new ManualResetEventSlim();
        using var workers = GivenWorkers(gate);
        GivenAFile("a.css", Long);
        GivenAFile("b", "small");
        WhenItSends(Get("/a.css", "Accept-Encoding: gzip"));
        var second = GivenAnotherClient();
        second.Sends(Get("/a.css", "Accept-Encoding: gzip"));
        var third = GivenAnotherClient();
        third.Sends(Get("/b") + Get("/a.css"));
        WhenAllIsDone();
        Client.ReceivedText.ShouldBeEmpty();
        second.ReceivedText.ShouldBeEmpty();
        Answer.ReadAll(third.ReceivedText).Select(answer => answer.Content).ShouldBe(["small", Long]);
        Served.Cache.CompressionCount.ShouldBe(1);

        gate.Set();
        WhenItHasReceived(Client);
        WhenItHasReceived(second);
        Decoded(ThenTheAnswerIs(200)).ShouldBe(Long);
        second.ReceivedText.ShouldBe(Client.ReceivedText);
        Served.Cache.CompressionCount.ShouldBe(0);
    }

    [Test]
    public void A_client_that_is_answered_after_the_server_was_told_to_stop_gets_it_whole()
    {
        using var gate = new ManualResetEventSlim();
        using var workers = GivenWorkers(gate);
        GivenAFile("a.css", Long);
        WhenItSends(Get("/a.css", "Accept-Encoding: br"));
        Served.Server.Drain();
        WhenAllIsDone();
        gate.Set();
        WhenItHasReceived(Client);
        Decoded(ThenTheAnswerIs(200)).ShouldBe(Long);
        Answers[0]["Connection"].ShouldBe("close");
    }

    [Test]
    public void Without_a_thread_to_be_had_the_file_is_compressed_all_the_same()
    {
        GivenAFile("a.css", Long);
        using var workers = new Workers(Simulation.Scheduler, 1, (_, _) => throw new InsufficientMemoryException());
        Served.Site.Workers = workers;
        WhenItSends(Get("/a.css", "Accept-Encoding: br"));
        Decoded(ThenTheAnswerIs(200)).ShouldBe(Long);
    }

    private void GivenFilesOfAllKinds()
    {
        GivenAFile("a.css", Long);
        GivenAFile("small.css", "small");
        GivenAFile("b.css", Long);
        GivenAFile("b.css.br", "coded");
        GivenAFile("only.css.br", "coded");
    }

    /// <summary>Workers that begin once the gate is opened.</summary>
    private Workers GivenWorkers(ManualResetEventSlim gate)
    {
        var workers = new Workers(Simulation.Scheduler, 1, (run, name) => StartBehind(gate, run, name));
        Served.Site.Workers = workers;
        return workers;
    }

    private static void StartBehind(ManualResetEventSlim gate, Action run, string name) =>
        new Thread(() =>
        {
            gate.Wait();
            run();
        })
        {
            IsBackground = true,
            Name = name,
        }.Start();

    private void WhenItHasReceived(Coroutines.Testing.ScriptedPeer peer) =>
        SpinWait
            .SpinUntil(
                () =>
                {
                    WhenAllIsDone();
                    return peer.ReceivedText.Length > 0;
                },
                TimeSpan.FromSeconds(30)
            )
            .ShouldBeTrue();

    private static void ThenItIs(Answer answer, string expected)
    {
        var coding = answer.Has("Content-Encoding") ? " " + answer["Content-Encoding"] : "";
        $"{answer.Status}{coding}".ShouldBe(expected);
    }

    private static string Decoded(Answer answer)
    {
        if (!answer.Has("Content-Encoding"))
            return answer.Content;
        using var coded = new MemoryStream(Encoding.Latin1.GetBytes(answer.Content));
        using Stream decoder =
            answer["Content-Encoding"] == "br"
                ? new BrotliStream(coded, CompressionMode.Decompress)
                : new GZipStream(coded, CompressionMode.Decompress);
        using var reader = new StreamReader(decoder, Encoding.UTF8);
        return reader.ReadToEnd();
    }
}
