using System.IO.Compression;
using System.Text;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>The folder that all serve.</summary>
internal static class Site
{
    public const string Small = "/small.html";
    public const string Empty = "/empty.html";
    public const string Middle = "/middle.bin";
    public const string Large = "/large.bin";

    /// <summary>A file that lies there compressed, too, to about as much as <see cref="Small"/> has.</summary>
    public const string Coded = "/coded.html";

    /// <summary>How long <see cref="Small"/> is.</summary>
    public const int SmallBytes = 1_024;

    /// <summary>A request for <see cref="Small"/>.</summary>
    public static ReadOnlySpan<byte> Request => "GET /small.html HTTP/1.1\r\nHost: localhost\r\n\r\n"u8;

    /// <summary>Writes its files.</summary>
    public static void WriteTo(string folder)
    {
        Directory.CreateDirectory(folder);
        File.WriteAllText(
            folder + Small,
            $"<!doctype html><title>x</title>{new string('x', SmallBytes - 31)}",
            Encoding.ASCII
        );
        File.WriteAllText(folder + Empty, "");
        File.WriteAllBytes(folder + Middle, Random(100_000));
        File.WriteAllBytes(folder + Large, Random(10_000_000));
        WriteCoded(folder + Coded);
    }

    private static void WriteCoded(string file)
    {
        var plain = Encoding.ASCII.GetBytes(Convert.ToHexString(Random(SmallBytes)));
        File.WriteAllBytes(file, plain);
        using (var brotli = new BrotliStream(File.Create(file + ".br"), CompressionLevel.SmallestSize))
            brotli.Write(plain);
        using (var gzip = new GZipStream(File.Create(file + ".gz"), CompressionLevel.SmallestSize))
            gzip.Write(plain);
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
