using System.Text;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>The field lines that describe a file (RFC 9110, section 8): made once for each state of the file.</summary>
internal static class ContentFields
{
    public static byte[] Of(FileEntry file)
    {
        Span<byte> date = stackalloc byte[HttpDate.LengthBytes];
        HttpDate.Format(file.LastModified, date);
        return Encoding.ASCII.GetBytes(
            $"Content-Type: {Text(file.ContentType)}\r\nContent-Length: {file.LengthBytes}\r\n"
                + $"Last-Modified: {Encoding.ASCII.GetString(date)}\r\nETag: {Text(file.ETag)}\r\n"
        );
    }

    /// <summary>What a 304 says of the file: enough to find the copy that it is about.</summary>
    public static byte[] TagOf(FileEntry file) => Encoding.ASCII.GetBytes($"ETag: {Text(file.ETag)}\r\n");

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
