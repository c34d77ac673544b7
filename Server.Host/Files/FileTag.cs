using System.Globalization;
using System.Text;

namespace Server.Host.Files;

/// <summary>Makes the strong entity tag of a file (RFC 9110, section 8.8.3): when it was written and how long it is.</summary>
/// <remarks>Replicas agree on it as long as they were given the files with their times (<c>rsync -t</c>, an image's
/// layers), on file systems that keep those equally fine. Its limits: two contents of one length, written within
/// one tick of the file system's clock (up to 10 ms on ext4, 2 s on FAT) or given the same time on purpose, have one
/// tag; and the same content written twice has two.</remarks>
internal static class FileTag
{
    /// <summary>The tag with its quotes, as ASCII: <c>"ticks-length"</c> in hexadecimal, the ticks being steps of 100
    /// ns since the year 1, in UTC.</summary>
    public static byte[] Of(FileStamp stamp) =>
        Encoding.ASCII.GetBytes(
            string.Create(CultureInfo.InvariantCulture, $"\"{stamp.ModifiedAt.Ticks:x}-{stamp.LengthBytes:x}\"")
        );
}
