using System.Text;
using CsCheck;
using Server.Host.Files;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: a client says which content codings it takes, and how much it likes each (RFC 9110, section 12.5.3).
/// </summary>
public sealed class AcceptEncodingScenarios
{
    private static readonly string[] Pieces =
    [
        .. (string[])["gzip", "br", "zstd", "*", "identity", ";q=", "0", "1", "0.", "5", ",", ";", " ", "\t"],
    ];

    [Test]
    public void Without_the_field_all_is_taken_and_the_file_as_it_is_is_preferred() =>
        ThenTheWeightsAre([], 1000, 1, 1, 1);

    [TestCase("")]
    [TestCase(",")]
    [TestCase("deflate")]
    [TestCase("gzip;q=0")]
    [TestCase("identity")]
    [TestCase("identity;q=0.001")]
    public void Who_names_none_that_there_is_takes_the_file_as_it_is_alone(string value)
    {
        var weights = Read("Accept-Encoding: " + value);
        (weights.Brotli, weights.Zstandard, weights.Gzip).ShouldBe((0, 0, 0));
        weights.Identity.ShouldBeGreaterThan(0);
    }

    [TestCase("gzip, deflate, br, zstd", 1, 1000, 1000, 1000)]
    [TestCase("gzip", 1, 0, 0, 1000)]
    [TestCase("x-gzip", 1, 0, 0, 1000)]
    [TestCase("GZIP;Q=0.5 , Br ; q=0.25", 1, 250, 0, 500)]
    [TestCase("br;q=0.001,zstd;q=0.01,gzip;q=0.1", 1, 1, 10, 100)]
    [TestCase("br;q=1,zstd;q=1.000,gzip;q=0.999", 1, 1000, 1000, 999)]
    [TestCase("br;q=1.,zstd;q=0.,gzip;q=0.12", 1, 1000, 0, 120)]
    [TestCase("*", 1000, 1000, 1000, 1000)]
    [TestCase("*;q=0.5, gzip", 500, 500, 500, 1000)]
    [TestCase("*;q=0", 0, 0, 0, 0)]
    [TestCase("identity;q=0", 0, 0, 0, 0)]
    [TestCase("gzip, identity;q=0", 0, 0, 0, 1000)]
    [TestCase("gzip, *;q=0", 0, 0, 0, 1000)]
    [TestCase("identity;q=1, *;q=0", 1000, 0, 0, 0)]
    [TestCase("gzip, identity", 1000, 0, 0, 1000)]
    [TestCase("identity;q=0.5, gzip;q=0.25", 500, 0, 0, 250)]
    public void Weights_are_read(string value, int identity, int brotli, int zstandard, int gzip) =>
        ThenTheWeightsAre(["Accept-Encoding: " + value], identity, brotli, zstandard, gzip);

    [TestCase("gzip;q=1.001")]
    [TestCase("gzip;q=2")]
    [TestCase("gzip;q=-1")]
    [TestCase("gzip;q=.5")]
    [TestCase("gzip;q=0.0001")]
    [TestCase("gzip;q=")]
    [TestCase("gzip;q")]
    [TestCase("gzip;")]
    [TestCase("gzip;q=0.5;x=1")]
    [TestCase("gzip;level=9")]
    [TestCase("gzip;q =1")]
    [TestCase("gzip;q=1x")]
    [TestCase("gzip br")]
    [TestCase("\"gzip\"")]
    public void An_element_that_is_malformed_names_no_coding(string element) =>
        ThenTheWeightsAre([$"Accept-Encoding: {element}, br"], 1, 1000, 0, 0);

    [Test]
    public void Lines_are_read_together() =>
        ThenTheWeightsAre(["Accept-Encoding: gzip;q=0.5", "ACCEPT-ENCODING: br"], 1, 1000, 0, 500);

    [TestCase("gzip, gzip;q=0")]
    [TestCase("gzip;q=0, gzip")]
    [TestCase("gzip, x-gzip;q=0")]
    public void Of_several_weights_the_smallest_counts(string value) =>
        ThenTheWeightsAre(["Accept-Encoding: " + value], 1, 0, 0, 0);

    [Test]
    public void Whatever_it_says_it_is_read() =>
        Gen.Frequency(
                (3, Gen.Int[0, Pieces.Length - 1].Select(i => Pieces[i])),
                (1, Gen.Char[' ', '~'].Select(c => $"{c}"))
            )
            .Array[0, 12]
            .Sample(parts => ThenItIsRead(string.Concat(parts)), iter: Property.Samples(2_000), threads: 1);

    private static void ThenItIsRead(string value)
    {
        var bytes = Encoding.Latin1.GetBytes($"GET / HTTP/1.1\r\nHost: a\r\nAccept-Encoding: {value}\r\n\r\n");
        var weights = Read(bytes, Splits.Whole(bytes.Length));
        foreach (var coding in Enum.GetValues<ContentCoding>())
            weights.Of(coding).ShouldBeInRange(0, CodingWeights.Most, value);
    }

    private static void ThenTheWeightsAre(string[] fields, int identity, int brotli, int zstandard, int gzip) =>
        Read(fields).ShouldBe(new CodingWeights(identity, brotli, zstandard, gzip));

    // Whole, byte by byte, and split at every position: it must come to the same.
    private static CodingWeights Read(params string[] fields)
    {
        var bytes = Encoding.Latin1.GetBytes(string.Join("\r\n", ["GET / HTTP/1.1", "Host: a", .. fields, "", ""]));
        var whole = Read(bytes, Splits.Whole(bytes.Length));
        foreach (var split in Splits.Of(bytes.Length))
            Read(bytes, split).ShouldBe(whole, Splits.Describe(split));
        return whole;
    }

    private static CodingWeights Read(byte[] bytes, int[] deliveries)
    {
        var (parser, request) = (new RequestParser(new()), new Request());
        var result = ParseResult.Incomplete;
        foreach (var length in deliveries)
            if (result == ParseResult.Incomplete)
                result = parser.Parse(bytes.AsMemory(0, length), request);
        result.ShouldBe(ParseResult.Complete);
        return AcceptEncoding.Of(request);
    }
}
