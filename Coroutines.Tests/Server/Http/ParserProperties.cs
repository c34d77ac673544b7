using System.Text;
using CsCheck;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Properties: whatever comes, and however it is split, the outcome is one and the same.</summary>
public sealed class ParserProperties
{
    private const long Samples = 20_000;

    // Small limits, so that random requests meet them.
    private static readonly RequestLimits Limits = new()
    {
        RequestLineBytes = 48,
        HeadBytes = 160,
        Fields = 5,
        BodyBytes = 40,
    };

    private static readonly Gen<string> Fragment = AnyOf(
        "GET",
        "OPTIONS",
        "CONNECT",
        "BREW",
        " ",
        "/",
        "/a?b",
        "*",
        "http://b",
        "a:80",
        "HTTP/1.1",
        "HTTP/1.0",
        "HTTP/2.0",
        "\r\n",
        "\r\n",
        "\r\n\r\n",
        "\n",
        "\r",
        "\0",
        ":",
        ",",
        "\t",
        "Host: a\r\n",
        "Content-Length: 5\r\n",
        "Content-Length: 41\r\n",
        "Transfer-Encoding: chunked\r\n",
        "Connection: close\r\n",
        "Expect: 100-continue\r\n",
        "GET / HTTP/1.1\r\n",
        "GET / HTTP/1.1\r\nHost: a\r\n",
        "If-None-Match: \"a\"\r\n",
        "aaaaaaaaaaaaaaaaaaaa",
        "\u00e4"
    );

    private static readonly Gen<string> ChunkFragment = AnyOf(
        "0\r\n",
        "\r\n",
        "5\r\nabcde\r\n",
        "a\r\n0123456789\r\n",
        "5",
        ";a=b",
        " ",
        "\r",
        "\n",
        "X: y\r\n",
        ":",
        "abcde",
        "ffffffffffffffff"
    );

    private static readonly Gen<string> RequestLine = AnyOf(
        "GET / HTTP/1.1",
        "\r\nGET /a?b HTTP/1.0",
        "OPTIONS * HTTP/1.1",
        "POST http://b:80?c HTTP/1.1",
        "BREW / HTTP/1.2",
        "CONNECT a:80 HTTP/1.1"
    );

    private static readonly Gen<string> FieldLine = AnyOf(
        "Content-Length: 5",
        "content-length:5 , 5",
        "Transfer-Encoding: \tchunked ",
        "Connection: close",
        "Connection: keep-alive, x",
        "Expect: 100-continue",
        "X:",
        "If-None-Match: \"\u00e4\""
    );

    private static readonly Gen<byte[]> Random = Gen.Byte.Array[0, 300];
    private static readonly Gen<byte[]> Fragments = Joined(Fragment);
    private static readonly Gen<byte[]> WellFormed = Gen.Select(RequestLine, FieldLine.Array[0, 4], Join);
    private static readonly Gen<byte[]> Mutated = Gen.Select(WellFormed, Gen.Byte, Gen.Int[0, 1_000], Mutate);
    private static readonly Gen<byte[]> Requests = Gen.OneOf(Fragments, WellFormed, Mutated, Random);
    private static readonly Gen<byte[]> Chunks = Joined(ChunkFragment);
    private static readonly Gen<int[]> Positions = Gen.Int[0, 1_000].Array[0, 12];

    [Test]
    public void Any_split_of_a_request_comes_to_the_same() =>
        Gen.Select(Requests, Positions)
            .Sample((bytes, positions) => Parse(bytes, positions) == Parse(bytes, []), iter: Samples);

    [Test]
    public void One_byte_at_a_time_comes_to_the_same_as_all_at_once() =>
        Requests.Sample(bytes => Parse(bytes, Splits.ByteByByte(bytes.Length)) == Parse(bytes, []), iter: Samples);

    [Test]
    public void Random_bytes_are_refused_or_incomplete_but_never_fail() =>
        Random.Sample(bytes => Parse(bytes, []).Result != ParseResult.Complete, iter: Samples);

    [Test]
    public void A_refusal_is_one_that_a_client_can_cause() =>
        Requests.Sample(
            bytes => Parse(bytes, []).Status is 0 or 400 or 413 or 414 or 421 or 431 or 501 or 505,
            iter: Samples
        );

    [Test]
    public void What_was_accepted_is_accepted_again_when_written_anew() =>
        Gen.OneOf(WellFormed, Mutated)
            .Select(bytes => Parse(bytes, []))
            .Where(parsed => parsed.Result == ParseResult.Complete)
            .Sample(parsed => ParseAnew(parsed) == parsed, iter: 2_000);

    [Test]
    public void Any_split_of_a_chunked_content_comes_to_the_same() =>
        Gen.Select(Gen.OneOf(Chunks, Random), Positions)
            .Sample((bytes, positions) => Read(bytes, positions) == Read(bytes, []), iter: Samples);

    [Test]
    public void A_date_or_a_tag_of_random_bytes_never_fails() =>
        Random.Sample(
            bytes =>
            {
                HttpDate.TryParse(bytes, DateTimeOffset.MaxValue, out _);
                HttpDate.TryParse(bytes, DateTimeOffset.MinValue, out _);
                EntityTag.Measure(bytes);
            },
            iter: Samples
        );

    private static ParsedRequest Parse(byte[] bytes, int[] positions) =>
        ParsedRequest.From(bytes, Splits.At(positions, bytes.Length), Limits);

    private static ReadBody Read(byte[] bytes, int[] positions) =>
        ReadBody.From(bytes, Splits.At(positions, bytes.Length), BodyFraming.Chunked, Limits);

    private static Gen<string> AnyOf(params string[] fragments) =>
        Gen.Int[0, fragments.Length - 1].Select(index => fragments[index]);

    private static Gen<byte[]> Joined(Gen<string> fragment) =>
        fragment.Array[0, 14].Select(fragments => Encoding.Latin1.GetBytes(string.Concat(fragments)));

    private static byte[] Mutate(byte[] bytes, byte value, int at)
    {
        if (bytes.Length > 0)
            bytes[at % bytes.Length] = value;
        return bytes;
    }

    // Written anew, a head may have other blanks and so another length.
    private static ParsedRequest ParseAnew(ParsedRequest parsed)
    {
        var bytes = Rewrite(parsed);
        return ParsedRequest.From(bytes, Splits.Whole(bytes.Length), new()) with { HeadBytes = parsed.HeadBytes };
    }

    private static byte[] Join(string requestLine, string[] fields) =>
        Encoding.Latin1.GetBytes(string.Join("\r\n", [requestLine, "Host: a", .. fields, "", ""]));

    private static byte[] Rewrite(ParsedRequest parsed) =>
        Encoding.Latin1.GetBytes(
            $"{parsed.MethodToken} {parsed.Target} HTTP/1.{parsed.MinorVersion}\r\n"
                + $"{parsed.Fields.Replace("\n", "\r\n", StringComparison.Ordinal)}\r\n"
        );
}
