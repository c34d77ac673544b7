// What a path may be, decided on its bytes alone. Each rule closes a way out of the root or to something hidden:
//
//   400  it doesn't begin with '/'; a '%' without two hexadecimal digits; a byte 00-1f or 7f, raw or encoded
//   404  longer than MaxRawBytes; an encoded '/'; a '\', raw or encoded; not UTF-8; an empty segment ('//');
//        '..' above the root; a segment that begins with '.', except '.well-known' as the first (RFC 8615);
//        on Windows also what WindowsNames lists
//
// '.' and '..' are removed (RFC 3986, section 5.2.4), encoded ones too: '%2e' and '.' are the same (section 6.2.2.2).
// Decoding happens once: '%252e' is the name '%2e'. Raw bytes that a URI cannot hold otherwise stand for themselves.
// Of several faults the leftmost of the decoding counts, then those of the segments.
using System.Text.Unicode;

namespace Server.Host.Files;

/// <summary>A request's path, decoded and normalised: a path relative to the root, or a refusal.</summary>
/// <remarks>RFC 3986, sections 2.1, 3.3 and 5.2.4. Nothing is allocated: the result stands in the caller's buffer
/// and is valid as long as that is unchanged.</remarks>
internal readonly ref struct TargetPath
{
    /// <summary>The longest raw path that is looked at, in bytes.</summary>
    public const int MaxRawBytes = 8 * 1024; // nginx: large_client_header_buffers 8k holds its request line

    /// <summary>The size of the buffer that <see cref="Decode"/> needs, in bytes.</summary>
    public static int BufferBytes => MaxRawBytes + IndexName.Length;

    private static ReadOnlySpan<byte> IndexName => "index.html"u8;

    private TargetPath(TargetRefusal refusal) => Refusal = refusal;

    private TargetPath(ReadOnlySpan<byte> relative, ReadOnlySpan<byte> file)
    {
        Relative = relative;
        File = file;
    }

    /// <summary><see cref="TargetRefusal.None"/>, or why there is no path; the other properties are then empty.</summary>
    public TargetRefusal Refusal { get; }

    /// <summary>The path without its leading slash, as UTF-8. Empty for the root; ends in '/' for a folder.</summary>
    public ReadOnlySpan<byte> Relative { get; }

    /// <summary>The file that answers: <see cref="Relative"/>, or the <c>index.html</c> in it if it is a folder.</summary>
    public ReadOnlySpan<byte> File { get; }

    /// <summary>True if the path is a folder's: the root, or one that ends in '/'.</summary>
    public bool IsFolder => Relative is [] or [.., (byte)'/'];

    /// <param name="raw">The path as it was received, from its first '/' to before the '?'.</param>
    /// <param name="buffer">At least <see cref="BufferBytes"/> bytes; overwritten.</param>
    public static TargetPath Decode(ReadOnlySpan<byte> raw, Span<byte> buffer)
    {
        if (raw is not [(byte)'/', ..])
            return new(TargetRefusal.BadRequest);
        if (raw.Length > MaxRawBytes)
            return new(TargetRefusal.NotFound);
        var refusal = PercentEncoding.Decode(raw[1..], buffer, out var length);
        if (refusal == TargetRefusal.None)
            refusal = Normalise(buffer[..length], out length);
        return refusal == TargetRefusal.None ? Accept(buffer, length) : new(refusal);
    }

    private static TargetRefusal Normalise(Span<byte> decoded, out int length)
    {
        length = 0;
        return Utf8.IsValid(decoded) ? Segments.Normalise(decoded, out length) : TargetRefusal.NotFound;
    }

    private static TargetPath Accept(Span<byte> buffer, int length)
    {
        var relative = new TargetPath(buffer[..length], buffer[..length]);
        if (!relative.IsFolder)
            return relative;
        IndexName.CopyTo(buffer[length..]);
        return new(buffer[..length], buffer[..(length + IndexName.Length)]);
    }
}
