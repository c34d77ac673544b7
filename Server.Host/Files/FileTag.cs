using System.Globalization;
using System.Text;

namespace Server.Host.Files;

/// <summary>Makes the entity tags of a file and of its codings (RFC 9110, section 8.8.3): when it was written and how long it
/// is.</summary>
/// <remarks>
/// <para>Replicas agree on it as long as they were given the files with their times (<c>rsync -t</c>, an image's
/// layers), on file systems that keep those equally fine. Its limits: two contents of one length, written within
/// one tick of the file system's clock (up to 10 ms on ext4, 2 s on FAT) or given the same time on purpose, have one
/// tag; and the same content written twice has two.</para>
/// <para>The tag of what was compressed on the fly is weak: it says that the content is the same, and not that its bytes
/// are. Those depend on the version of the compressor and even on the processor that it ran on, and replicas may
/// differ.</para>
/// </remarks>
internal static class FileTag
{
    /// <summary>The strong tag with its quotes, as ASCII: <c>"ticks-length"</c> in hexadecimal, the ticks being steps of 100
    /// ns since the year 1, in UTC; for a file that lies there coded <c>"ticks-length.br"</c>.</summary>
    /// <param name="stamp">The state of the file that is sent.</param>
    /// <param name="coding">How the file is coded.</param>
    public static byte[] Of(FileStamp stamp, ContentCoding coding = ContentCoding.Identity) =>
        Encoding.ASCII.GetBytes($"\"{Text(stamp)}{Encoding.ASCII.GetString(CodingNames.ExtensionOf(coding))}\"");

    /// <summary>The weak tag of a file that is compressed on the fly: <c>W/"ticks-length-br"</c>.</summary>
    /// <param name="plain">The tag of the file as it is.</param>
    /// <param name="coding">How it is coded.</param>
    public static byte[] OfCompressed(ReadOnlySpan<byte> plain, ContentCoding coding) =>
        [.. "W/"u8, .. plain[..^1], .. "-"u8, .. CodingNames.TokenOf(coding), .. "\""u8];

    private static string Text(FileStamp stamp) =>
        string.Create(CultureInfo.InvariantCulture, $"{stamp.ModifiedAt.Ticks:x}-{stamp.LengthBytes:x}");
}
