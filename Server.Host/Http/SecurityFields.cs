namespace Server.Host.Http;

/// <summary>What <c>--security-headers</c> adds: a page runs only what comes from its own server, and is framed by nobody
/// else.</summary>
/// <remarks>After the OWASP HTTP Headers Cheat Sheet. There is no Strict-Transport-Security: it means nothing without TLS, and
/// what is in front of the server adds it.</remarks>
internal static class SecurityFields
{
    public static readonly IReadOnlyCollection<(string Name, string Value)> All =
    [
        // Styles inside a page can't do what a script can, and are in most pages.
        (
            "Content-Security-Policy",
            "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; "
                + "base-uri 'self'; form-action 'self'; frame-ancestors 'self'"
        ),
        ("X-Content-Type-Options", "nosniff"),
        ("Referrer-Policy", "strict-origin-when-cross-origin"),
        (
            "Permissions-Policy",
            "accelerometer=(), camera=(), geolocation=(), gyroscope=(), magnetometer=(), microphone=(), payment=(), usb=()"
        ),
    ];
}
