using System.Text;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>The folder that all serve.</summary>
internal static class Site
{
    public const string Small = "/small.html";
    public const string Empty = "/empty.html";
    public const string Middle = "/middle.bin";
    public const string Large = "/large.bin";

    /// <summary>How long <see cref="Small"/> is.</summary>
    public const int SmallBytes = 1_024;

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
    }

    private static byte[] Random(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }
}
