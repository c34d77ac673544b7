using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using CsCheck;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: who asks for a part of a file gets that part (RFC 9110, section 14).</summary>
public sealed partial class RangeScenarios : HttpFixture
{
    private const int Small = 1_000; // kept in memory
    private const int Large = 200_000; // read from its handle

    private const string Modified = "Last-Modified: Fri, 02 Jan 2026 03:04:05 GMT";
    private const string Tag = "\"8de49ab96b70080-3e8\"";

    private string content = "";

    [Test]
    public void A_file_says_that_it_can_be_had_in_parts()
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt"));
        ThenTheAnswerIs(200)["Accept-Ranges"].ShouldBe("bytes");
    }

    [TestCase(Small, "0-0", 0, 1)]
    [TestCase(Small, "10-19", 10, 10)]
    [TestCase(Small, "990-", 990, 10)]
    [TestCase(Small, "-7", 993, 7)]
    [TestCase(Small, "0-", 0, Small)]
    [TestCase(Small, "500-9999999999999999999999", 500, 500)]
    [TestCase(Large, "0-0", 0, 1)]
    [TestCase(Large, "100000-199998", 100_000, 99_999)]
    [TestCase(Large, "199999-", 199_999, 1)]
    [TestCase(Large, "-70000", 130_000, 70_000)]
    public void One_part_is_answered_with_what_it_is(int lengthBytes, string range, int first, int length)
    {
        GivenAFileOf(lengthBytes);
        WhenItSends(Get("/file.txt", $"Range: bytes={range}"));
        var answer = ThenTheAnswerIs(206);
        answer["Content-Range"].ShouldBe($"bytes {first}-{first + length - 1}/{lengthBytes}");
        answer["Content-Length"].ShouldBe($"{length}");
        answer.Content.ShouldBe(content.Substring(first, length));
        ThenItIsOpen();
        ThenNoExchangeIsHeld();
        ThenTheFileIsHeldByTheCacheAlone("/file.txt");
    }

    [Test]
    public void A_part_has_the_fields_of_the_whole()
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", "Range: bytes=1-2"));
        ThenTheAnswerIs(206)
            .Fields.ShouldBe([
                "Date: Fri, 01 Jan 2100 00:00:00 GMT",
                "Server: Coroutines",
                "Content-Type: text/plain; charset=utf-8",
                Modified,
                $"ETag: {Tag}",
                "Accept-Ranges: bytes",
                "Cache-Control: no-cache",
                "Content-Length: 2",
                $"Content-Range: bytes 1-2/{Small}",
                "Vary: Accept-Encoding",
            ]);
    }

    [TestCase(Small, "0-0,2-2")]
    [TestCase(Small, "500-,0-9")]
    [TestCase(Small, "-1,1-1,300-399")]
    [TestCase(Large, "0-0,2-2")]
    [TestCase(Large, "100000-199998,0-70000")]
    [TestCase(Large, "-1,5-6,100-100")]
    public void Several_parts_are_answered_in_their_order(int lengthBytes, string ranges)
    {
        GivenAFileOf(lengthBytes);
        WhenItSends(Get("/file.txt", $"Range: bytes={ranges}"));
        var parts = PartsOf(ThenTheAnswerIs(206));
        parts.ShouldBe(ranges.Split(',').Select(range => Expected(range)));
        ThenItIsOpen();
        ThenNoExchangeIsHeld();
        ThenTheFileIsHeldByTheCacheAlone("/file.txt");
    }

    [Test]
    public void Several_parts_have_the_fields_of_the_whole_but_for_what_each_says_itself()
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", "Range: bytes=1-2,4-5"));
        var answer = ThenTheAnswerIs(206);
        answer
            .Fields.Where(field => !field.StartsWith("Content-", StringComparison.Ordinal))
            .ShouldBe([
                "Date: Fri, 01 Jan 2100 00:00:00 GMT",
                "Server: Coroutines",
                Modified,
                $"ETag: {Tag}",
                "Accept-Ranges: bytes",
                "Cache-Control: no-cache",
                "Vary: Accept-Encoding",
            ]);
        answer["Content-Type"].ShouldStartWith("multipart/byteranges; boundary=");
        answer.Has("Content-Range").ShouldBeFalse();
    }

    [TestCase(1)]
    [TestCase(7)]
    [TestCase(33_000)]
    public void Parts_arrive_as_they_are_however_the_client_reads(int window)
    {
        GivenAFileOf(Large);
        Client.Window = 0;
        WhenItSends(Get("/file.txt", "Range: bytes=0-1999,4000-40000,199999-"));
        for (var rounds = 0; rounds < 50_000 && Served.AccessLog.Answers.Count == 0; rounds++)
        {
            Client.Window = window;
            WhenAllIsDone();
        }
        Client.Window = long.MaxValue;
        WhenAllIsDone();
        PartsOf(ThenTheAnswerIs(206)).ShouldBe([Expected("0-1999"), Expected("4000-40000"), Expected("-1")]);
    }

    [TestCase("0-9,10-19")]
    [TestCase("5-19,0-9")]
    [TestCase("0-19,0-19,0-19")]
    [TestCase("0-19,5000-,-0")]
    public void Parts_that_come_to_one_are_answered_as_one(string ranges)
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", $"Range: bytes={ranges}"));
        ThenTheAnswerIs(206)["Content-Range"].ShouldBe($"bytes 0-19/{Small}");
        Answers[0].Content.ShouldBe(content[..20]);
    }

    [TestCase(200, 206)]
    [TestCase(201, 200)]
    public void Beyond_200_parts_the_whole_is_sent(int count, int status)
    {
        GivenAFileOf(Small);
        var ranges = string.Join(',', Enumerable.Range(0, count).Select(i => $"{2 * i}-{2 * i}"));
        WhenItSends(Get("/file.txt", $"Range: bytes={ranges}"));
        ThenTheAnswerIs(status);
        if (status == 206)
            PartsOf(Answers[0]).Count.ShouldBe(count);
    }

    [Test]
    public void Overlapping_parts_are_never_more_than_the_whole()
    {
        GivenAFileOf(Large);
        WhenItSends(
            Get("/file.txt", $"Range: bytes={string.Join(',', Enumerable.Range(0, 200).Select(i => $"{i}-"))}")
        );
        ThenTheAnswerIs(206).Content.Length.ShouldBe(Large);
    }

    [TestCase(Small, "1000-")]
    [TestCase(Small, "-0")]
    [TestCase(Small, "99999999999999999999-")]
    [TestCase(Large, "200000-,300000-400000")]
    [TestCase(0, "0-")]
    public void Parts_that_are_not_there_are_refused_with_the_length(int lengthBytes, string ranges)
    {
        GivenAFileOf(lengthBytes);
        WhenItSends(Get("/file.txt", $"Range: bytes={ranges}"));
        ThenTheAnswerIs(416)["Content-Range"].ShouldBe($"bytes */{lengthBytes}");
        ThenItIsOpen();
        ThenTheFileIsHeldByTheCacheAlone("/file.txt");
    }

    [TestCase("Range: lines=0-1")]
    [TestCase("Range: bytes=2-1")]
    [TestCase("Range: bytes=1")]
    [TestCase("Range: bytes=0-1\r\nRange: bytes=2-3")]
    [TestCase("Range:")]
    public void What_is_no_range_of_bytes_is_ignored(string field)
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", field));
        ThenTheAnswerIs(200).Content.ShouldBe(content);
    }

    [Test]
    public void A_suffix_of_an_empty_file_is_all_of_it()
    {
        GivenAFileOf(0);
        WhenItSends(Get("/file.txt", "Range: bytes=-5"));
        ThenTheAnswerIs(200)["Content-Length"].ShouldBe("0");
    }

    [Test]
    public void HEAD_knows_no_parts()
    {
        GivenAFileOf(Small);
        WhenItSends(Ask("HEAD", "/file.txt", "Range: bytes=0-1") + Get("/file.txt"));
        var answers = Answer.ReadAll(Client.ReceivedText, "HEAD", "GET");
        answers.Select(answer => answer.Status).ShouldBe([200, 200]);
        answers[0].Fields.ShouldBe(answers[1].Fields);
    }

    [TestCase("If-None-Match: *", 304)]
    [TestCase($"If-None-Match: {Tag}", 304)]
    [TestCase("If-Match: \"x\"", 412)]
    [TestCase("If-Modified-Since: Fri, 02 Jan 2026 03:04:05 GMT", 304)]
    [TestCase("If-Unmodified-Since: Fri, 02 Jan 2026 03:04:04 GMT", 412)]
    [TestCase("If-None-Match: \"x\"", 206)]
    [TestCase($"If-Match: {Tag}", 206)]
    public void Conditions_come_first(string condition, int status)
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", condition, "Range: bytes=0-1"));
        Answers.ShouldHaveSingleItem().Status.ShouldBe(status);
        Answers[0].Has("Content-Range").ShouldBe(status == 206);
    }

    [TestCase("Range: bytes=5000-", "If-None-Match: *", 304)]
    [TestCase("Range: bytes=5000-", "If-Range: \"x\"", 200)]
    public void A_part_that_is_not_there_is_refused_only_if_it_counts(string range, string condition, int status)
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", range, condition));
        ThenTheAnswerIs(status);
    }

    [TestCase(Tag, 206)]
    [TestCase("Fri, 02 Jan 2026 03:04:05 GMT", 206)]
    [TestCase("\"x\"", 200)]
    [TestCase($"W/{Tag}", 200)]
    [TestCase($"{Tag}, {Tag}", 200)]
    [TestCase("*", 200)]
    [TestCase("Fri, 02 Jan 2026 03:04:04 GMT", 200)]
    [TestCase("Fri, 02 Jan 2026 03:04:06 GMT", 200)]
    [TestCase("nonsense", 200)]
    [TestCase("", 200)]
    public void If_Range_asks_for_the_whole_if_the_file_has_changed(string validator, int status)
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", "Range: bytes=0-1", $"If-Range: {validator}"));
        ThenTheAnswerIs(status).Content.ShouldBe(status == 206 ? content[..2] : content);
    }

    [TestCase("bytes=1-2")]
    [TestCase("bytes=1-2,4-5")]
    public void Who_has_the_other_parts_is_not_told_the_fields_again(string ranges)
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", $"Range: {ranges}", $"If-Range: {Tag}"));
        var answer = ThenTheAnswerIs(206);
        answer["ETag"].ShouldBe(Tag);
        answer.Has("Last-Modified").ShouldBeFalse();
        answer.Fields.ShouldNotContain(field => field.StartsWith("Content-Type: text", StringComparison.Ordinal));
    }

    [Test]
    public void If_Range_without_a_range_changes_nothing()
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", $"If-Range: {Tag}"));
        ThenTheAnswerIs(200)["Last-Modified"].ShouldNotBeEmpty();
    }

    [Test]
    public void What_is_no_file_has_no_parts()
    {
        GivenAFile("sub/index.html", "hello");
        WhenItSends(Get("/none", "Range: bytes=0-1") + Get("/sub", "Range: bytes=0-1"));
        ThenTheStatusesAre(404, 301);
    }

    [Test]
    public void Parts_of_many_requests_at_once_come_in_order()
    {
        GivenAFileOf(Large);
        var asked = Enumerable.Range(0, 60).Select(i => $"{i}-{i * 997},{(i * 997) + 5}-{(i * 1_997) + 5}").ToList();
        WhenItSends(string.Concat(asked.Select(ranges => Get("/file.txt", $"Range: bytes={ranges}"))));
        Answers.Count.ShouldBe(60);
        for (var i = 0; i < 60; i++)
            PartsOf(Answers[i]).ShouldBe(asked[i].Split(',').Select(range => Expected(range)));
    }

    [TestCase(Small)]
    [TestCase(Large)]
    public void Any_part_is_the_slice_of_the_file(int lengthBytes)
    {
        GivenAFileOf(lengthBytes);
        Gen.Select(Gen.Int[0, lengthBytes - 1], Gen.Int[0, lengthBytes])
            .Array[1, 6]
            .Sample(ThenTheyAreSlices, iter: Property.Samples(100), threads: 1);
    }

    [Test]
    public void The_bytes_of_parts_are_logged()
    {
        GivenAFileOf(Small);
        WhenItSends(Get("/file.txt", "Range: bytes=0-9") + Get("/file.txt", "Range: bytes=0-9,20-29"));
        var several = Answers[1].Content.Length;
        Served.AccessLog.Answers.ShouldBe([new("GET", "/file.txt", 206, 10), new("GET", "/file.txt", 206, several)]);
    }

    private void GivenAFileOf(int lengthBytes)
    {
        var random = new Random(1);
        content = string.Concat(Enumerable.Range(0, lengthBytes).Select(_ => (char)('a' + random.Next(26))));
        GivenAFile("file.txt", content);
    }

    private void ThenTheyAreSlices((int First, int Length)[] asked)
    {
        var ranges = asked.Select(range => $"{range.First}-{range.First + range.Length}");
        var client = GivenAnotherClient(); // a peer keeps all that it has received
        client.Sends(Get("/file.txt", $"Range: bytes={string.Join(',', ranges)}"));
        client.HalfCloses();
        WhenAllIsDone();
        var answer = Answer.ReadAll(client.ReceivedText).ShouldHaveSingleItem();
        answer.Status.ShouldBe(206);
        var parts = answer.Has("Content-Range") ? [(answer["Content-Range"], answer.Content)] : PartsOf(answer);
        var covered = new HashSet<int>();
        foreach (var (range, text) in parts)
        {
            var (first, last) = Bounds(range);
            text.ShouldBe(content[first..(last + 1)]);
            covered.UnionWith(Enumerable.Range(first, last - first + 1));
        }
        covered.Count.ShouldBe(asked.SelectMany(Positions).Distinct().Count());
        covered.IsSupersetOf(asked.SelectMany(Positions)).ShouldBeTrue();
    }

    private IEnumerable<int> Positions((int First, int Length) range) =>
        Enumerable.Range(range.First, Math.Min(range.Length + 1, content.Length - range.First));

    private static (int First, int Last) Bounds(string contentRange)
    {
        var match = ContentRange().Match(contentRange);
        return (
            int.Parse(match.Groups[1].Value, CultureInfo.InvariantCulture),
            int.Parse(match.Groups[2].Value, CultureInfo.InvariantCulture)
        );
    }

    private (string Range, string Text) Expected(string range)
    {
        var dash = range.IndexOf('-', StringComparison.Ordinal);
        var (first, last) = (range[..dash], range[(dash + 1)..]);
        var from = first.Length == 0 ? content.Length - Number(last) : Number(first);
        var to = first.Length == 0 || last.Length == 0 ? content.Length - 1 : Number(last);
        return ($"bytes {from}-{to}/{content.Length}", content[from..(to + 1)]);
    }

    private static int Number(string digits) => int.Parse(digits, CultureInfo.InvariantCulture);

    /// <summary>Reads a multipart content as RFC 2046 has it, each part with its fields.</summary>
    private static List<(string Range, string Text)> PartsOf(Answer answer)
    {
        var boundary = answer["Content-Type"].Split("boundary=")[1];
        boundary.Length.ShouldBeInRange(1, 70);
        var pieces = ("\r\n" + answer.Content).Split("\r\n--" + boundary);
        pieces[0].ShouldBe("");
        pieces[^1].ShouldBe("--\r\n");
        return [.. pieces[1..^1].Select(PartOf)];
    }

    private static (string Range, string Text) PartOf(string piece)
    {
        var end = piece.IndexOf("\r\n\r\n", StringComparison.Ordinal);
        var fields = piece[2..end].Split("\r\n");
        fields[0].ShouldBe("Content-Type: text/plain; charset=utf-8");
        fields.Length.ShouldBe(2);
        return (fields[1]["Content-Range: ".Length..], piece[(end + 4)..]);
    }

    [GeneratedRegex(@"^bytes (\d+)-(\d+)/")]
    private static partial Regex ContentRange();
}
