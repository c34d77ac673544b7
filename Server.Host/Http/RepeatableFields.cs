namespace Server.Host.Http;

/// <summary>The fields of answers that may come in several lines: their values are lists; and Set-Cookie.</summary>
/// <remarks>RFC 9110, section 5.3: no other may. A list that isn't known here can stand in one line, with commas, and means
/// the same.</remarks>
internal static class RepeatableFields
{
    private static readonly HashSet<string> Names = new(StringComparer.OrdinalIgnoreCase)
    {
        // RFC 9110
        "Content-Language",
        "Vary",
        "Via",
        "WWW-Authenticate",
        // RFC 6265, 7838, 8288, 8942, 9211 and 9213
        "Set-Cookie",
        "Alt-Svc",
        "Link",
        "Accept-CH",
        "Cache-Status",
        "CDN-Cache-Control",
        // WHATWG's Fetch
        "Access-Control-Allow-Headers",
        "Access-Control-Allow-Methods",
        "Access-Control-Expose-Headers",
        // the W3C's standards, each called as its field
        "Clear-Site-Data",
        "Content-Security-Policy",
        "Content-Security-Policy-Report-Only",
        "Permissions-Policy",
        "Referrer-Policy",
        "Reporting-Endpoints",
        "Server-Timing",
        "Timing-Allow-Origin",
        // Google: robots meta tag specifications
        "X-Robots-Tag",
    };

    public static bool Contains(string name) => Names.Contains(name);
}
