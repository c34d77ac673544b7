using System.Text;
using global::Server.Host.Files;

namespace Coroutines.Tests.Server.Files;

/// <summary>Feature: a file's name tells its Content-Type.</summary>
public sealed class MediaTypesScenarios
{
    private readonly MediaTypes mediaTypes = new();

    [TestCase("index.html", "text/html; charset=utf-8")]
    [TestCase("style.css", "text/css; charset=utf-8")]
    [TestCase("app.js", "text/javascript; charset=utf-8")]
    [TestCase("app.mjs", "text/javascript; charset=utf-8")]
    [TestCase("readme.md", "text/markdown; charset=utf-8")]
    [TestCase("robots.txt", "text/plain; charset=utf-8")]
    [TestCase("table.csv", "text/csv; charset=utf-8")]
    public void Text_says_its_charset(string name, string expected) => Of(name).ShouldBe(expected);

    [TestCase("a.json", "application/json")]
    [TestCase("app.js.map", "application/json")]
    [TestCase("a.webmanifest", "application/manifest+json")]
    [TestCase("feed.xml", "application/xml")]
    [TestCase("a.svg", "image/svg+xml")]
    public void JSON_and_XML_do_not(string name, string expected) => Of(name).ShouldBe(expected);

    [TestCase("a.wasm", "application/wasm")]
    [TestCase("a.webp", "image/webp")]
    [TestCase("a.avif", "image/avif")]
    [TestCase("a.woff2", "font/woff2")]
    [TestCase("favicon.ico", "image/vnd.microsoft.icon")]
    [TestCase("a.png", "image/png")]
    [TestCase("a.pdf", "application/pdf")]
    [TestCase("a.tar.gz", "application/gzip")]
    public void Other_types_are_known_by_their_names(string name, string expected) => Of(name).ShouldBe(expected);

    [TestCase("a.ts", "video/mp2t")]
    [TestCase("a.m3u8", "application/vnd.apple.mpegurl")]
    [TestCase("a.apng", "image/apng")]
    [TestCase("a.ttf", "font/ttf")]
    [TestCase("a.mp4", "video/mp4")]
    [TestCase("a.xhtml", "application/xhtml+xml")]
    [TestCase("a.rpm", "application/x-rpm")]
    [TestCase("a.rs", "text/plain; charset=utf-8")]
    [TestCase("a.importmap", "application/importmap+json")]
    public void What_the_web_needs_is_known(string name, string expected) => Of(name).ShouldBe(expected);

    [TestCase("a.html a.css a.js a.mjs a.json a.svg a.xml a.wasm a.webmanifest a.txt a.md a.map a.xhtml a.rss", true)]
    [TestCase("a.ttf a.otf a.eot a.ico a.bmp a.yaml a.csv a.m3u8 a.gltf a.vtt a.ics", true)]
    [TestCase(
        "a.png a.jpg a.webp a.avif a.gif a.woff a.woff2 a.mp4 a.ts a.mp3 a.pdf a.zip a.gz a.zst a.docx a.bin a",
        false
    )]
    public void What_compression_makes_shorter_is_known(string names, bool expected)
    {
        foreach (var name in names.Split(' '))
            Compressible.Includes(mediaTypes.Of(Encoding.UTF8.GetBytes(name)).Span).ShouldBe(expected, name);
    }

    [TestCase("README")]
    [TestCase("a.")]
    [TestCase("a.unheard-of")]
    [TestCase("folder.html/a")]
    public void An_unknown_name_is_bytes(string name) => Of(name).ShouldBe("application/octet-stream");

    [TestCase("INDEX.HTML", "text/html; charset=utf-8")]
    [TestCase("a.PnG", "image/png")]
    [TestCase("folder/ä ö.html", "text/html; charset=utf-8")]
    public void Case_and_folder_do_not_matter(string name, string expected) => Of(name).ShouldBe(expected);

    [Test]
    public void A_type_is_made_once() => mediaTypes.Of("a.html"u8).ShouldBe(mediaTypes.Of("b.htm"u8));

    private string Of(string name) => Encoding.ASCII.GetString(mediaTypes.Of(Encoding.UTF8.GetBytes(name)).Span);
}
