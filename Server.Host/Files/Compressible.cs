using System.Text;

namespace Server.Host.Files;

/// <summary>Which media types compression makes shorter.</summary>
/// <remarks>The rule is that of the table 'mime-db', which most servers written in JavaScript use: text, what is JSON or XML,
/// and a few others, listed here. Images, sound, video, archives and WOFF fonts are compressed already.</remarks>
internal static class Compressible
{
    private static readonly HashSet<string> Others = new(StringComparer.Ordinal)
    {
        "application/json",
        "application/jsonl",
        "application/x-ndjson",
        "application/xml",
        "application/xml-dtd",
        "application/javascript",
        "application/typescript",
        "application/wasm",
        "application/toml",
        "application/yaml",
        "application/sql",
        "application/x-sh",
        "application/x-tex",
        "application/postscript",
        "application/vnd.apple.mpegurl",
        "application/vnd.ms-fontobject",
        "font/ttf",
        "font/otf",
        "font/collection",
        "image/bmp",
        "image/vnd.microsoft.icon",
        "model/obj",
        "model/mtl",
    };

    /// <param name="contentType">The value of a Content-Type field, as ASCII.</param>
    public static bool Includes(ReadOnlySpan<byte> contentType)
    {
        var end = contentType.IndexOf((byte)';');
        var mediaType = Encoding.ASCII.GetString(end < 0 ? contentType : contentType[..end]);
        return mediaType.StartsWith("text/", StringComparison.Ordinal)
            || mediaType.EndsWith("+json", StringComparison.Ordinal)
            || mediaType.EndsWith("+xml", StringComparison.Ordinal)
            || Others.Contains(mediaType);
    }
}
