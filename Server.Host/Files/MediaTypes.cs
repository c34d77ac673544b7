using System.Text;
using MimeKit;

namespace Server.Host.Files;

/// <summary>The Content-Type of a file, by the extension of its name.</summary>
/// <remarks>
/// <para>The table is MimeKit's; what the web needs and it lacks, or has under an outdated name, stands here.</para>
/// <para>Text says <c>charset=utf-8</c>. JSON doesn't, being UTF-8 by definition (RFC 8259, section 8.1), and neither
/// does XML, SVG included: a charset would overrule the encoding that the document itself declares (RFC 7303, section
/// 3.2). For that reason <c>.xml</c> is application/xml and not text/xml.</para>
/// <para>Belongs to one thread.</para>
/// </remarks>
internal sealed class MediaTypes
{
    private static readonly Dictionary<string, string> Overrides = new(StringComparer.OrdinalIgnoreCase)
    {
        [".html"] = "text/html",
        [".htm"] = "text/html",
        [".css"] = "text/css",
        [".js"] = "text/javascript", // RFC 9239
        [".mjs"] = "text/javascript",
        [".cjs"] = "text/javascript",
        [".json"] = "application/json",
        [".json5"] = "application/json5",
        [".jsonl"] = "application/jsonl",
        [".ndjson"] = "application/x-ndjson",
        [".map"] = "application/json", // ECMA-426: source maps
        [".importmap"] = "application/importmap+json",
        [".webmanifest"] = "application/manifest+json",
        [".geojson"] = "application/geo+json",
        [".topojson"] = "application/json",
        [".ipynb"] = "application/x-ipynb+json",
        [".wasm"] = "application/wasm",
        [".wgsl"] = "text/wgsl",
        [".xml"] = "application/xml",
        [".xsl"] = "application/xslt+xml",
        [".xslt"] = "application/xslt+xml",
        [".rdf"] = "application/rdf+xml",
        [".ttl"] = "text/turtle",
        [".gpx"] = "application/gpx+xml",
        [".kml"] = "application/vnd.google-earth.kml+xml",
        [".svg"] = "image/svg+xml",
        [".ico"] = "image/vnd.microsoft.icon",
        [".cur"] = "image/vnd.microsoft.icon",
        [".apng"] = "image/apng",
        [".webp"] = "image/webp",
        [".avif"] = "image/avif",
        [".jxl"] = "image/jxl",
        [".heic"] = "image/heic",
        [".heif"] = "image/heif",
        [".woff"] = "font/woff",
        [".woff2"] = "font/woff2",
        [".eot"] = "application/vnd.ms-fontobject",
        [".txt"] = "text/plain",
        [".md"] = "text/markdown", // RFC 7763
        [".vtt"] = "text/vtt",
        [".srt"] = "text/plain",
        [".py"] = "text/x-python",
        [".sh"] = "application/x-sh",
        [".sql"] = "application/sql", // RFC 6922
        [".yaml"] = "application/yaml", // RFC 9512
        [".yml"] = "application/yaml",
        [".toml"] = "application/toml",
        [".flac"] = "audio/flac", // RFC 9639
        [".avi"] = "video/x-msvideo",
        [".ts"] = "video/mp2t", // RFC 8216: segments of a stream; browsers don't run TypeScript
        [".m4s"] = "video/iso.segment",
        [".m3u8"] = "application/vnd.apple.mpegurl",
        [".mpd"] = "application/dash+xml",
        [".gltf"] = "model/gltf+json",
        [".glb"] = "model/gltf-binary",
        [".obj"] = "model/obj",
        [".mtl"] = "model/mtl",
        [".stl"] = "model/stl",
        [".usdz"] = "model/vnd.usdz+zip",
        [".gz"] = "application/gzip",
        [".zst"] = "application/zstd",
        [".xz"] = "application/x-xz",
        [".deb"] = "application/vnd.debian.binary-package",
        [".rpm"] = "application/x-rpm",
        [".apk"] = "application/vnd.android.package-archive",
        // Sources and settings are shown, not saved.
        [".adoc"] = "text/plain",
        [".bat"] = "text/plain",
        [".cfg"] = "text/plain",
        [".cts"] = "text/plain",
        [".diff"] = "text/plain",
        [".go"] = "text/plain",
        [".gql"] = "text/plain",
        [".graphql"] = "text/plain",
        [".glsl"] = "text/plain",
        [".ini"] = "text/plain",
        [".jsx"] = "text/plain",
        [".kt"] = "text/plain",
        [".less"] = "text/plain",
        [".lock"] = "text/plain",
        [".lua"] = "text/plain",
        [".mts"] = "text/plain",
        [".patch"] = "text/plain",
        [".properties"] = "text/plain",
        [".proto"] = "text/plain",
        [".ps1"] = "text/plain",
        [".r"] = "text/plain",
        [".rb"] = "text/plain",
        [".rs"] = "text/plain",
        [".rst"] = "text/plain",
        [".sass"] = "text/plain",
        [".scss"] = "text/plain",
        [".svelte"] = "text/plain",
        [".swift"] = "text/plain",
        [".tsx"] = "text/plain",
        [".vue"] = "text/plain",
    };

    private readonly Dictionary<string, byte[]> headers = new(StringComparer.Ordinal);

    /// <summary>The value of the Content-Type field for <paramref name="path"/>, as ASCII;
    /// <c>application/octet-stream</c> if its extension isn't known.</summary>
    /// <param name="path">A path in UTF-8; only its last segment counts.</param>
    public ReadOnlyMemory<byte> Of(ReadOnlySpan<byte> path)
    {
        var mediaType = ByExtension(Encoding.UTF8.GetString(path[(path.LastIndexOf((byte)'/') + 1)..]));
        if (!headers.TryGetValue(mediaType, out var header))
            headers.Add(mediaType, header = Encoding.ASCII.GetBytes(WithCharset(mediaType)));
        return header;
    }

    private static string ByExtension(string name) =>
        Overrides.TryGetValue(Path.GetExtension(name), out var known) ? known : MimeTypes.GetMimeType(name);

    private static string WithCharset(string mediaType) =>
        mediaType.StartsWith("text/", StringComparison.Ordinal) && !mediaType.EndsWith("xml", StringComparison.Ordinal)
            ? mediaType + "; charset=utf-8"
            : mediaType;
}
