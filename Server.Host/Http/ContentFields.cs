using System.Text;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>The field lines that describe a file (RFC 9110, section 8): made once for each state of the file. They hold no
/// Content-Length, which depends on how much is sent.</summary>
internal static class ContentFields
{
    /// <summary>All of them; Content-Type comes first.</summary>
    public static byte[] Of(FileEntry file)
    {
        Span<byte> date = stackalloc byte[HttpDate.LengthBytes];
        HttpDate.Format(file.LastModified, date);
        return Encoding.ASCII.GetBytes(
            $"Content-Type: {Text(file.ContentType)}\r\nLast-Modified: {Encoding.ASCII.GetString(date)}\r\n"
                + $"ETag: {Text(file.ETag)}\r\nAccept-Ranges: bytes\r\n"
        );
    }

    /// <summary>What a 304, and a part for who has the others, say of the file: enough to find the copy that they are about
    /// (RFC 9110, sections 15.4.5 and 15.3.7).</summary>
    public static byte[] TagOf(FileEntry file) => Encoding.ASCII.GetBytes($"ETag: {Text(file.ETag)}\r\n");

    /// <summary>The lines of <see cref="Of"/> without the Content-Type, which each of several parts states for
    /// itself.</summary>
    public static ReadOnlyMemory<byte> WithoutType(ReadOnlyMemory<byte> fields) =>
        fields[(fields.Span.IndexOf((byte)'\n') + 1)..];

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
