using System.Collections.Concurrent;
using System.Text;

namespace Server.Host.Http;

/// <summary>A small page that names a status, and its field lines.</summary>
/// <param name="Fields">Each with its CR LF; Content-Length isn't among them.</param>
/// <param name="Content">HTML.</param>
internal sealed record StatusPage(ReadOnlyMemory<byte> Fields, ReadOnlyMemory<byte> Content)
{
    private static readonly ConcurrentDictionary<int, StatusPage> Pages = new();

    public static StatusPage Of(int status) => Pages.GetOrAdd(status, Make);

    /// <summary>405 for a file, which answers OPTIONS as well.</summary>
    public static StatusPage NotAllowed { get; } =
        Make(405) with
        {
            Fields = Encoding.ASCII.GetBytes(FieldsOf(200) + Response.AllowField),
        };

    private static StatusPage Make(int status)
    {
        var title = $"{status} {Encoding.ASCII.GetString(StatusLine.PhraseOf(status))}";
        var content = Encoding.UTF8.GetBytes(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <h1>{title}</h1>
            </html>

            """
        );
        return new(Encoding.ASCII.GetBytes(FieldsOf(status)), content);
    }

    private static string FieldsOf(int status) =>
        "Content-Type: text/html; charset=utf-8\r\n"
        + status switch
        {
            301 or 404 => "Cache-Control: no-cache\r\n", // or caches would make a guess (RFC 9111, section 4.2.2)
            405 => "Allow: GET, HEAD\r\n", // RFC 9110, section 15.5.6
            503 => "Retry-After: 5\r\n", // section 10.2.3
            _ => "",
        };
}
