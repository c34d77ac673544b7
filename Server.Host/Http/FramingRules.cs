using System.Text;

namespace Server.Host.Http;

/// <summary>Decides how much content follows a head (RFC 9112, sections 6.1 to 6.3).</summary>
/// <remarks>Where two recipients could disagree on where a request ends, somebody smuggles one. So whatever leaves room
/// for two readings is refused, also where the RFC would let it pass:
/// Transfer-Encoding together with Content-Length, Transfer-Encoding in HTTP/1.0, anything but one <c>chunked</c>,
/// lengths that differ, signs, blanks, empty elements.</remarks>
internal static class FramingRules
{
    private static readonly Refusal TransferCodingIn10 = Refusal.BadRequest("HTTP/1.0 has no Transfer-Encoding.");
    private static readonly Refusal LengthAndCoding = Refusal.BadRequest(
        "Content-Length and Transfer-Encoding exclude each other."
    );
    private static readonly Refusal ChunkedNotLast = Refusal.BadRequest(
        "The last transfer coding, and no other, must be chunked."
    );
    private static readonly Refusal UnknownCoding = new(501, "The only transfer coding served here is chunked.");
    private static readonly Refusal BadLength = Refusal.BadRequest("Content-Length must be one decimal number.");
    private static readonly Refusal DifferingLengths = Refusal.BadRequest("Content-Length is given with two values.");
    private static readonly Refusal TooLong = new(413, "The announced content is longer than this server takes.");

    public static Refusal? Decide(Request request, RequestLimits limits, out BodyFraming framing)
    {
        framing = BodyFraming.None;
        if (request.Has(KnownField.TransferEncoding))
        {
            framing = BodyFraming.Chunked;
            return CheckTransferEncoding(request);
        }
        return request.Has(KnownField.ContentLength) ? ReadLength(request, limits, out framing) : null;
    }

    private static Refusal? CheckTransferEncoding(Request request)
    {
        if (request.MinorVersion == 0)
            return TransferCodingIn10;
        return request.Has(KnownField.ContentLength) ? LengthAndCoding : CheckCodings(request);
    }

    private static Refusal? CheckCodings(Request request)
    {
        var (chunked, others, lastIsChunked) = (0, 0, false);
        foreach (var value in request.ValuesOf(KnownField.TransferEncoding))
        foreach (var coding in new ListElements(value))
        {
            if (coding.IsEmpty)
                return ChunkedNotLast;
            lastIsChunked = Ascii.EqualsIgnoreCase(coding, "chunked"u8);
            chunked += lastIsChunked ? 1 : 0;
            others += lastIsChunked ? 0 : 1;
        }
        if (!lastIsChunked || chunked > 1)
            return ChunkedNotLast;
        return others > 0 ? UnknownCoding : null;
    }

    private static Refusal? ReadLength(Request request, RequestLimits limits, out BodyFraming framing)
    {
        framing = BodyFraming.None;
        var agreed = -1L;
        foreach (var value in request.ValuesOf(KnownField.ContentLength))
        foreach (var element in new ListElements(value))
        {
            if (!TryReadNumber(element, out var length))
                return BadLength;
            if (agreed >= 0 && length != agreed)
                return DifferingLengths;
            agreed = length;
        }
        framing = BodyFraming.Of(agreed);
        return agreed > limits.BodyBytes ? TooLong : null;
    }

    // Utf8Parser would take a sign. A number may have any number of digits (RFC 9110, section 8.6): what a long doesn't
    // hold is read as the largest one, which is beyond every limit.
    private static bool TryReadNumber(ReadOnlySpan<byte> digits, out long number)
    {
        number = 0;
        foreach (var digit in digits)
        {
            if (!char.IsAsciiDigit((char)digit))
                return false;
            var value = digit - '0';
            number = number > (long.MaxValue - value) / 10 ? long.MaxValue : number * 10 + value;
        }
        return !digits.IsEmpty;
    }
}
