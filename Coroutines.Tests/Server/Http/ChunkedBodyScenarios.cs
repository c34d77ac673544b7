using Server.Host.Http;

namespace Coroutines.Tests.Server.Http;

/// <summary>Feature: chunked content is skipped, and is exactly as RFC 9112, section 7.1, has it.</summary>
public sealed class ChunkedBodyScenarios : BodyFixture
{
    private const string Next = "GET / HTTP/1.1";

    [TestCase("0\r\n\r\n")]
    [TestCase("000\r\n\r\n")]
    [TestCase("5\r\nabcde\r\n0\r\n\r\n")]
    [TestCase("05\r\nabcde\r\n0\r\n\r\n")]
    [TestCase("0000000000000005\r\nabcde\r\n0\r\n\r\n")]
    [TestCase("a\r\n0123456789\r\nA\r\n0123456789\r\n0\r\n\r\n")]
    [TestCase("1f\r\n0123456789012345678901234567890\r\n0\r\n\r\n")]
    [TestCase("5\r\n\r\n\r\n\n\r\n0\r\n\r\n")]
    public void Chunks_end_with_an_empty_one(string chunks)
    {
        GivenChunks(chunks + Next);
        WhenItIsRead();
        ThenItEndsAfter(chunks.Length);
    }

    [TestCase("5;a\r\nabcde\r\n0\r\n\r\n")]
    [TestCase("5;a=b;c=\"d;e\"\r\nabcde\r\n0;f\r\n\r\n")]
    [TestCase("5 \t;a = b\r\nabcde\r\n0\r\n\r\n")]
    [TestCase("5; a\t=\t\"b\\\"\u00e4\" ; c\r\nabcde\r\n0\r\n\r\n")]
    [TestCase("5;a=\"\"\r\nabcde\r\n0;b=c\r\n\r\n")]
    public void Extensions_are_skipped(string chunks)
    {
        GivenChunks(chunks + Next);
        WhenItIsRead();
        ThenItEndsAfter(chunks.Length);
    }

    [TestCase("0\r\nX: y\r\n\r\n")]
    [TestCase("0\r\nX:\r\nZ:w\t\r\n\r\n")]
    public void Trailers_are_skipped(string chunks)
    {
        GivenChunks(chunks + Next);
        WhenItIsRead();
        ThenItEndsAfter(chunks.Length);
    }

    [TestCase("")]
    [TestCase("5")]
    [TestCase("5\r")]
    [TestCase("5;")]
    [TestCase("5\r\nabc")]
    [TestCase("5\r\nabcde")]
    [TestCase("5\r\nabcde\r")]
    [TestCase("5\r\nabcde\r\n")]
    [TestCase("0\r\n")]
    [TestCase("0\r\n\r")]
    [TestCase("0\r\nX")]
    [TestCase("0\r\nX: y")]
    [TestCase("0\r\nX: y\r\n\r")]
    public void Content_that_has_not_ended_is_incomplete(string chunks)
    {
        GivenChunks(chunks);
        WhenItIsRead();
        ThenItIsIncomplete();
    }

    [TestCase("\r\n")]
    [TestCase(" 5\r\n")]
    [TestCase("-1\r\n")]
    [TestCase("+1\r\n")]
    [TestCase("0x5\r\n")]
    [TestCase("5h\r\n")]
    [TestCase("5 \r\n")]
    [TestCase("5\t\r\n")]
    [TestCase("5 5\r\n")]
    [TestCase("5_0\r\n")]
    [TestCase(";a\r\n")]
    [TestCase("\u00b2\r\n")]
    [TestCase("5\n")]
    [TestCase("5\r\r")]
    [TestCase("5\rabcde")]
    [TestCase("00000000000000005\r\n")]
    public void A_malformed_size_is_refused(string line)
    {
        GivenChunks(line);
        WhenItIsRead();
        ThenItIsRefusedWith(400);
    }

    [TestCase("5\r\nabcdef\r\n0\r\n\r\n")]
    [TestCase("5\r\nabcd\r\n0\r\n\r\n")]
    [TestCase("5\r\nabcde0\r\n\r\n")]
    [TestCase("5\r\nabcde\n0\r\n\r\n")]
    [TestCase("5\r\nabcde\r0\r\n\r\n")]
    public void A_chunk_that_does_not_end_in_CR_LF_is_refused(string chunks)
    {
        GivenChunks(chunks);
        WhenItIsRead();
        ThenItIsRefusedWith(400);
    }

    [TestCase("5;a\n")]
    [TestCase("5;a\rb")]
    [TestCase("5;a\0\r\n")]
    [TestCase("5;a\u007f\r\n")]
    [TestCase("5;\n\r\n")]
    [TestCase("5;\r\n")]
    [TestCase("5;;a\r\n")]
    [TestCase("5;a;\r\n")]
    [TestCase("5;=b\r\n")]
    [TestCase("5;a=\r\n")]
    [TestCase("5;a=;b\r\n")]
    [TestCase("5;a==b\r\n")]
    [TestCase("5;a b\r\n")]
    [TestCase("5;a=b c\r\n")]
    [TestCase("5;a=b=c\r\n")]
    [TestCase("5;a \r\n")]
    [TestCase("5;a=b \r\n")]
    [TestCase("5;\u00e4\r\n")]
    [TestCase("5;a(\r\n")]
    [TestCase("5;a=\"b\r\n")]
    [TestCase("5;a=\"b\\\r\n")]
    [TestCase("5;a=\"b\"c\r\n")]
    [TestCase("5;a=\"\0\"\r\n")]
    public void A_malformed_extension_is_refused(string line)
    {
        GivenChunks(line);
        WhenItIsRead();
        ThenItIsRefusedWith(400);
    }

    [TestCase("0\r\n\n")]
    [TestCase("0\r\n\rX")]
    [TestCase("0\r\nX y: z\r\n")]
    [TestCase("0\r\nX\r\n")]
    [TestCase("0\r\n: y\r\n")]
    [TestCase("0\r\n folded\r\n")]
    [TestCase("0\r\nX: y\n")]
    [TestCase("0\r\nX: y\rz")]
    [TestCase("0\r\nX: \0\r\n")]
    [TestCase("0\r\nX: y\r\n folded\r\n")]
    public void A_malformed_trailer_is_refused(string chunks)
    {
        GivenChunks(chunks);
        WhenItIsRead();
        ThenItIsRefusedWith(400);
    }

    [TestCase("4\r\nabcd\r\n4\r\nefgh\r\n0\r\n\r\n")]
    [TestCase("8\r\nabcdefgh\r\n0\r\n\r\n")]
    public void Content_up_to_its_limit_is_read(string chunks)
    {
        Limits = new() { BodyBytes = 8 };
        GivenChunks(chunks);
        WhenItIsRead();
        ThenItEndsAfter(chunks.Length);
    }

    [TestCase("9")]
    [TestCase("4\r\nabcd\r\n5")]
    [TestCase("8\r\nabcdefgh\r\n1")]
    [TestCase("7fffffffffffffff")]
    [TestCase("ffffffffffffffffffffffff")]
    public void Content_beyond_its_limit_is_refused_at_the_size(string chunks)
    {
        Limits = new() { BodyBytes = 8 };
        GivenChunks(chunks);
        WhenItIsRead();
        ThenItIsRefusedWith(413);
    }

    [TestCase("ffffffffffffffff\r\n")]
    [TestCase("8000000000000000\r\n")]
    [TestCase("10000000000000005\r\n")]
    public void A_size_that_would_overflow_is_refused_at_the_largest_limit(string line)
    {
        Limits = new() { BodyBytes = RequestLimits.MaxBodyBytes };
        GivenChunks(line);
        WhenItIsRead();
        ThenItIsRefusedWith(413);
    }

    [Test]
    public void Extensions_up_to_their_limit_are_skipped()
    {
        var line = $"0;{new string('a', ChunkedReader.MaxExtensionBytes - 1)}\r\n\r\n";
        Read(line).ShouldBe(new(BodyResult.Complete, 0, line.Length));
    }

    [TestCase(1)]
    [TestCase(100)]
    public void Extensions_beyond_their_limit_are_refused_also_if_spread_over_chunks(int chunks)
    {
        var extension = new string('a', ChunkedReader.MaxExtensionBytes / chunks);
        var text = string.Concat(Enumerable.Repeat($"1;{extension}\r\nx\r\n", chunks)) + "0\r\n\r\n";
        Read(text).ShouldBe(new(BodyResult.Refused, 400, 0));
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Trailers_up_to_their_limits_are_skipped(int spare)
    {
        const string trailers = "A: b\r\nC: d\r\n\r\n";
        Limits = new() { HeadBytes = trailers.Length + spare, Fields = 2 + spare };
        GivenChunks("0\r\n" + trailers);
        WhenItIsRead();
        ThenItEndsAfter(3 + trailers.Length);
    }

    [TestCase(1, 0)]
    [TestCase(0, 1)]
    public void Trailers_beyond_their_limits_are_refused(int tooManyBytes, int tooManyFields)
    {
        const string trailers = "A: b\r\nC: d\r\n\r\n";
        Limits = new() { HeadBytes = trailers.Length - tooManyBytes, Fields = 2 - tooManyFields };
        GivenChunks("0\r\n" + trailers);
        WhenItIsRead();
        ThenItIsRefusedWith(431);
    }

    [Test]
    public void A_reader_is_as_new_when_it_starts_again()
    {
        var reader = new BodyReader(new() { BodyBytes = 4 });
        foreach (var _ in Enumerable.Range(0, 3))
        {
            reader.Start(BodyFraming.Chunked);
            reader.Read("4;a\r\nabcd\r\n0\r\nX: y\r\n\r\n"u8, out var _).ShouldBe(BodyResult.Complete);
        }
        reader.Start(BodyFraming.Chunked);
        reader.Read("x"u8, out var _).ShouldBe(BodyResult.Refused);
        reader.Start(BodyFraming.Of(1));
        reader.Read("x"u8, out var _).ShouldBe(BodyResult.Complete);
    }

    [Test]
    public void A_refusal_stays()
    {
        var reader = new BodyReader(new());
        reader.Start(BodyFraming.Chunked);
        reader.Read("x"u8, out var _).ShouldBe(BodyResult.Refused);
        reader.Read("0\r\n\r\n"u8, out var _).ShouldBe(BodyResult.Refused);
        reader.Refusal.Status.ShouldBe(400);
    }

    private static ReadBody Read(string text)
    {
        var bytes = System.Text.Encoding.ASCII.GetBytes(text);
        var whole = ReadBody.From(bytes, Splits.Whole(bytes.Length), BodyFraming.Chunked, new());
        ReadBody.From(bytes, Splits.ByteByByte(bytes.Length), BodyFraming.Chunked, new()).ShouldBe(whole);
        return whole;
    }
}
