using System.Buffers.Text;

namespace Server.Host.Files;

/// <summary>Undoes the percent-encoding of a path, once (RFC 3986, section 2.1).</summary>
internal static class PercentEncoding
{
    private const byte FirstPrintable = 0x20;
    private const byte Delete = 0x7f;

    /// <summary>Decodes <paramref name="raw"/> into <paramref name="decoded"/>, up to the first byte that is refused.</summary>
    /// <param name="raw">The encoded bytes.</param>
    /// <param name="decoded">At least as long as <paramref name="raw"/>.</param>
    /// <param name="length">How many bytes were decoded.</param>
    public static TargetRefusal Decode(ReadOnlySpan<byte> raw, Span<byte> decoded, out int length)
    {
        length = 0;
        for (var read = 0; read < raw.Length; )
        {
            if (!TryReadByte(raw[read..], out var value, out var consumed))
                return TargetRefusal.BadRequest;
            var refusal = Judge(value, raw[read]);
            if (refusal != TargetRefusal.None)
                return refusal;
            decoded[length++] = value;
            read += consumed;
        }
        return TargetRefusal.None;
    }

    private static bool TryReadByte(ReadOnlySpan<byte> raw, out byte value, out int consumed)
    {
        value = raw[0];
        consumed = 1;
        if (value != '%')
            return true;
        consumed = 3;
        return raw.Length >= 3 && Utf8Parser.TryParse(raw.Slice(1, 2), out value, out var digits, 'x') && digits == 2;
    }

    private static TargetRefusal Judge(byte value, byte raw) =>
        value switch
        {
            < FirstPrintable or Delete => TargetRefusal.BadRequest,
            (byte)'\\' => TargetRefusal.NotFound,
            (byte)'/' when raw == '%' => TargetRefusal.NotFound,
            _ => TargetRefusal.None,
        };
}
