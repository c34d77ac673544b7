using System.Text;

namespace Server.Host.Files;

/// <summary>What content codings are called, in fields and in the names of files.</summary>
internal static class CodingNames
{
    /// <summary>The codings that a file beside another may have, the one that is preferred first.</summary>
    public static readonly ContentCoding[] All = [ContentCoding.Brotli, ContentCoding.Zstandard, ContentCoding.Gzip];

    /// <summary>The name in the fields Accept-Encoding and Content-Encoding: <c>br</c>.</summary>
    public static ReadOnlySpan<byte> TokenOf(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Brotli => "br"u8,
            ContentCoding.Zstandard => "zstd"u8,
            ContentCoding.Gzip => "gzip"u8,
            _ => "identity"u8,
        };

    /// <summary>The coding in words: <c>as br</c>.</summary>
    public static string Describe(ContentCoding coding) =>
        coding == ContentCoding.Identity ? "as it is" : $"as {Encoding.ASCII.GetString(TokenOf(coding))}";

    /// <summary>What is put behind the name of a file: <c>.br</c>.</summary>
    public static ReadOnlySpan<byte> ExtensionOf(ContentCoding coding) =>
        coding switch
        {
            ContentCoding.Brotli => ".br"u8,
            ContentCoding.Zstandard => ".zst"u8,
            ContentCoding.Gzip => ".gz"u8,
            _ => default,
        };
}
