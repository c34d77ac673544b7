using System.Buffers;

namespace Server.Host.Http;

/// <summary>The sets of bytes that the grammars of RFC 9110, 9112 and 3986 are made of.</summary>
internal static class Octets
{
    private const string Letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
    private const string Digits = "0123456789";

    /// <summary>tchar: what methods and field names are made of (RFC 9110, section 5.6.2).</summary>
    public static readonly SearchValues<byte> Token = Set(Letters + Digits + "!#$%&'*+-.^_`|~");

    /// <summary>Controls without HTAB: what a field value must not hold (RFC 9110, section 5.5).</summary>
    public static readonly SearchValues<byte> Controls = Range(0, 0x7F, b => b is < 0x20 and not (byte)'\t' or 0x7F);

    /// <summary>Printable ASCII without '#': what a request target may hold. RFC 3986 excludes a few more that browsers
    /// send as they are.</summary>
    public static readonly SearchValues<byte> Target = Range(0x21, 0x7E, b => b != (byte)'#');

    /// <summary>reg-name, with the '%' of its escapes (RFC 3986, section 3.2.2).</summary>
    public static readonly SearchValues<byte> RegisteredName = Set(Letters + Digits + "-._~!$&'()*+,;=%");

    /// <summary>What may stand between the brackets of an IPv6 literal (RFC 3986, section 3.2.2).</summary>
    public static readonly SearchValues<byte> Ipv6Literal = Set("0123456789abcdefABCDEF:.");

    /// <summary>What may follow the version of a future address's literal (RFC 3986, section 3.2.2).</summary>
    public static readonly SearchValues<byte> FutureLiteral = Set(Letters + Digits + "-._~!$&'()*+,;=:");

    /// <summary>HEXDIG, in either case.</summary>
    public static readonly SearchValues<byte> HexDigits = Set(Digits + "abcdefABCDEF");

    /// <summary>etagc: what may stand between the quotes of an entity tag (RFC 9110, section 8.8.3).</summary>
    public static readonly SearchValues<byte> EntityTag = Range(0x21, 0xFF, b => b is not ((byte)'"' or 0x7F));

    /// <summary>The value without the blanks and tabs around it (OWS, RFC 9110, section 5.6.3).</summary>
    public static ReadOnlySpan<byte> TrimBlanks(ReadOnlySpan<byte> value) => value.Trim(" \t"u8);

    private static SearchValues<byte> Set(string characters) =>
        SearchValues.Create(characters.Select(c => (byte)c).ToArray());

    private static SearchValues<byte> Range(int first, int last, Func<byte, bool> belongs) =>
        SearchValues.Create(Enumerable.Range(first, last - first + 1).Select(b => (byte)b).Where(belongs).ToArray());
}
