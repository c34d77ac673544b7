using System.Text;

namespace Server.Host.Http;

/// <summary>Recognises field names, whatever their case (RFC 9110, section 5.1).</summary>
internal static class FieldName
{
    // Sorted by length first: most fields of a browser are told apart by it, and need no comparison at all.
    public static KnownField Recognise(ReadOnlySpan<byte> name) =>
        name.Length switch
        {
            4 when Is(name, "Host"u8) => KnownField.Host,
            5 when Is(name, "Range"u8) => KnownField.Range,
            6 when Is(name, "Expect"u8) => KnownField.Expect,
            7 when Is(name, "Referer"u8) => KnownField.Referer,
            8 when Is(name, "If-Match"u8) => KnownField.IfMatch,
            8 when Is(name, "If-Range"u8) => KnownField.IfRange,
            10 when Is(name, "Connection"u8) => KnownField.Connection,
            10 when Is(name, "User-Agent"u8) => KnownField.UserAgent,
            13 when Is(name, "If-None-Match"u8) => KnownField.IfNoneMatch,
            14 when Is(name, "Content-Length"u8) => KnownField.ContentLength,
            15 when Is(name, "Accept-Encoding"u8) => KnownField.AcceptEncoding,
            17 when Is(name, "If-Modified-Since"u8) => KnownField.IfModifiedSince,
            17 when Is(name, "Transfer-Encoding"u8) => KnownField.TransferEncoding,
            19 when Is(name, "If-Unmodified-Since"u8) => KnownField.IfUnmodifiedSince,
            _ => KnownField.Other,
        };

    private static bool Is(ReadOnlySpan<byte> name, ReadOnlySpan<byte> expected) =>
        Ascii.EqualsIgnoreCase(name, expected);
}
