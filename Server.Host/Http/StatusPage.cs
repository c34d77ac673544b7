using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Server.Host.Files;

namespace Server.Host.Http;

/// <summary>A small page that names a status and says what is wrong, and its field lines (RFC 9110, sections 15.5 and
/// 15.6).</summary>
/// <param name="Fields">Each with its CR LF; Content-Length isn't among them.</param>
/// <param name="Content">HTML.</param>
internal sealed record StatusPage(ReadOnlyMemory<byte> Fields, ReadOnlyMemory<byte> Content)
{
    private const string Methods = "The methods that are taken here are ";

    private static readonly ConcurrentDictionary<int, StatusPage> Pages = new();
    private static readonly ConcurrentDictionary<Refusal, StatusPage> RefusalPages = new();
    private static readonly ConcurrentDictionary<CodingSet, StatusPage> NotAcceptable = new();

    /// <summary>The page of a status that has one reason.</summary>
    public static StatusPage Of(int status) => Pages.GetOrAdd(status, one => Make(new(one, ReasonOf(one))));

    /// <summary>The page that tells why. There is one for each reason, and it is kept: there must be few.</summary>
    public static StatusPage Of(Refusal refusal) => RefusalPages.GetOrAdd(refusal, Make);

    /// <summary>406, with the codings that there are.</summary>
    public static StatusPage OfNotAcceptable(CodingSet codings) =>
        NotAcceptable.GetOrAdd(codings, set => Make(new(406, $"This file is here {Listed(set)}.")));

    /// <summary>405 for a file, which answers OPTIONS as well.</summary>
    public static StatusPage NotAllowed { get; } =
        Make(new(405, Methods + "GET, HEAD and OPTIONS.")) with
        {
            Fields = Encoding.ASCII.GetBytes(FieldsOf(200) + Response.AllowField),
        };

    private static string Listed(CodingSet codings) =>
        string.Join(", ", Enum.GetValues<ContentCoding>().Where(codings.Has).Select(CodingNames.Describe));

    private static StatusPage Make(Refusal refusal)
    {
        var title = $"{refusal.Status} {Encoding.ASCII.GetString(StatusLine.PhraseOf(refusal.Status))}";
        var content = Encoding.UTF8.GetBytes(
            $"""
            <!DOCTYPE html>
            <html lang="en">
            <meta charset="utf-8">
            <meta name="viewport" content="width=device-width">
            <meta name="color-scheme" content="light dark">
            <title>{title}</title>
            <h1>{title}</h1>
            <p>{WebUtility.HtmlEncode(refusal.Reason)}</p>
            </html>

            """
        );
        return new(Encoding.ASCII.GetBytes(FieldsOf(refusal.Status)), content);
    }

    private static string ReasonOf(int status) =>
        status switch
        {
            301 => "This is a folder; its path ends with a slash.",
            400 => "The path is malformed.",
            403 => "This is not for pages of other sites.",
            404 => "There is nothing under this path.",
            405 => Methods + "GET and HEAD.",
            412 => "The file is not as the conditions have it.",
            415 => "The content is of a type that is not taken here.",
            416 => "The file ends before these parts.",
            417 => "The one expectation that is known here is 100-continue.",
            501 => "The method is unknown here.",
            503 => "This can not be served now, but perhaps in 5 seconds.",
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This status has no one reason."),
        };

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
