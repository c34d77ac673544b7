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
            $"Content-Type: {Text(file.ContentType)}\r\n{CodingOf(file)}"
                + $"Last-Modified: {Encoding.ASCII.GetString(date)}\r\nETag: {Text(file.ETag)}\r\n"
                + $"{(file.HasStrongTag ? "Accept-Ranges: bytes\r\n" : "")}{CacheControlOf(file)}"
        );
    }

    /// <summary>Those of a file that stands for what is missing: it has no version that anybody would ask for.</summary>
    public static byte[] OfError(FileEntry file) =>
        Encoding.ASCII.GetBytes(
            $"Content-Type: {Text(file.ContentType)}\r\n{CodingOf(file)}Cache-Control: {CacheRules.Default}\r\n"
        );

    /// <summary>What a 304, and a part for who has the others, say of the file: enough to find the copy that they are about
    /// (RFC 9110, sections 15.4.5 and 15.3.7).</summary>
    public static byte[] TagOf(FileEntry file) =>
        Encoding.ASCII.GetBytes($"ETag: {Text(file.ETag)}\r\n{CacheControlOf(file)}");

    private static string CodingOf(FileEntry file) =>
        file.Coding == ContentCoding.Identity
            ? ""
            : $"Content-Encoding: {Encoding.ASCII.GetString(CodingNames.TokenOf(file.Coding))}\r\n";

    private static string CacheControlOf(FileEntry file) =>
        file.CacheControl.IsEmpty ? "" : $"Cache-Control: {Text(file.CacheControl)}\r\n";

    /// <summary>The lines of <see cref="Of"/> without the Content-Type, which each of several parts states for
    /// itself.</summary>
    public static ReadOnlyMemory<byte> WithoutType(ReadOnlyMemory<byte> fields) =>
        fields[(fields.Span.IndexOf((byte)'\n') + 1)..];

    private static string Text(ReadOnlyMemory<byte> bytes) => Encoding.ASCII.GetString(bytes.Span);
}
