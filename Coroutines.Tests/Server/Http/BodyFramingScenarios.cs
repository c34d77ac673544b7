using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: where a request's content ends can be read in one way only (RFC 9112, section 6.3).</summary>
public sealed class BodyFramingScenarios : ParserFixture
{
    private const string Maximum = "1048576";
    private const string Length = "Content-Length: ";
    private const string Coding = "Transfer-Encoding: ";

    [Test]
    public void A_request_has_no_content_unless_it_says_so()
    {
        GivenARequest("POST / HTTP/1.1");
        WhenItIsParsed();
        ThenTheContentIs(BodyFraming.None);
    }

    [TestCase(0, Length + "0")]
    [TestCase(5, Length + "5")]
    [TestCase(5, Length + "005")]
    [TestCase(5, Length + " 5 ")]
    [TestCase(5, Length + "5, 5")]
    [TestCase(5, Length + "5 ,5,\t5")]
    [TestCase(5, Length + "5", Length + "5")]
    [TestCase(1_048_576, Length + Maximum)]
    public void A_length_is_taken_also_if_it_is_repeated(long length, params string[] fields)
    {
        GivenARequest("POST / HTTP/1.1", fields);
        WhenItIsParsed();
        ThenTheContentIs(BodyFraming.Of(length));
    }

    [TestCase(Length)]
    [TestCase(Length + "+1")]
    [TestCase(Length + "-1")]
    [TestCase(Length + "0x5")]
    [TestCase(Length + "5 5")]
    [TestCase(Length + "5.0")]
    [TestCase(Length + "5;")]
    [TestCase(Length + "\"5\"")]
    [TestCase(Length + "1_000")]
    [TestCase(Length + "\u00b2")]
    [TestCase(Length + "5,")]
    [TestCase(Length + ",5")]
    [TestCase(Length + "5,,5")]
    [TestCase(Length + "5, 6")]
    [TestCase(Length + "5", Length + "6")]
    [TestCase(Length + "5", Length)]
    [TestCase(Length + "99999999999999999999x")]
    [TestCase(Length + "99999999999999999999, 5")]
    public void A_length_that_is_not_one_number_is_refused(params string[] fields)
    {
        GivenARequest("POST / HTTP/1.1", fields);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("1048577")]
    [TestCase("9223372036854775807")]
    [TestCase("9223372036854775808")]
    [TestCase("18446744073709551621")]
    [TestCase("99999999999999999999999999999999")]
    public void A_length_beyond_the_limit_is_refused_as_too_large(string length)
    {
        GivenARequest("POST / HTTP/1.1", Length + length);
        WhenItIsParsed();
        ThenItIsRefusedWith(413);
    }

    [TestCase("chunked")]
    [TestCase("Chunked")]
    [TestCase("CHUNKED \t")]
    public void Chunked_is_the_one_transfer_coding(string coding)
    {
        GivenARequest("POST / HTTP/1.1", Coding + coding);
        WhenItIsParsed();
        ThenTheContentIs(BodyFraming.Chunked);
    }

    [TestCase(Coding + "gzip, chunked")]
    [TestCase(Coding + "identity, chunked")]
    [TestCase(Coding + "gzip;q=1, chunked")]
    [TestCase(Coding + "gzip", Coding + "chunked")]
    public void Another_coding_before_chunked_is_not_implemented(params string[] fields)
    {
        GivenARequest("POST / HTTP/1.1", fields);
        WhenItIsParsed();
        ThenItIsRefusedWith(501);
    }

    [TestCase(Coding)]
    [TestCase(Coding + "gzip")]
    [TestCase(Coding + "identity")]
    [TestCase(Coding + "chunked, gzip")]
    [TestCase(Coding + "chunked, chunked")]
    [TestCase(Coding + "chunked", Coding + "chunked")]
    [TestCase(Coding + "chunked", Coding + "identity")]
    [TestCase(Coding + "chunked,")]
    [TestCase(Coding + ", chunked")]
    [TestCase(Coding + "xchunked")]
    [TestCase(Coding + "chunkedx")]
    [TestCase(Coding + "chunked;a=b")]
    [TestCase(Coding + "\"chunked\"")]
    [TestCase(Coding + "chun ked")]
    public void Chunked_that_is_not_the_last_coding_is_refused(params string[] fields)
    {
        GivenARequest("POST / HTTP/1.1", fields);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("HTTP/1.1", Coding + "chunked", Length + "5")]
    [TestCase("HTTP/1.1", Length + "5", Coding + "chunked")]
    [TestCase("HTTP/1.1", Length + "0", Coding + "gzip, chunked")]
    [TestCase("HTTP/1.0", Coding + "chunked")]
    [TestCase("HTTP/1.0", Coding + "gzip, chunked")]
    public void A_coding_with_a_length_or_in_HTTP_1_0_is_refused(string version, params string[] fields)
    {
        GivenARequest($"POST / {version}", fields);
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    [TestCase("GET")]
    [TestCase("HEAD")]
    [TestCase("BREW")]
    public void Framing_is_the_same_for_every_method(string method)
    {
        GivenARequest($"{method} / HTTP/1.1", Length + "5", Length + "6");
        WhenItIsParsed();
        ThenItIsRefusedWith(400);
    }

    private void ThenTheContentIs(object framing)
    {
        ThenItIsComplete();
        Parsed.Body.ShouldBe((BodyFraming)framing);
    }
}
