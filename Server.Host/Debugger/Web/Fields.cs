namespace Server.Host.Debugger.Web;

/// <summary>The field lines of the page's answers.</summary>
internal static class Fields
{
    /// <summary>The page runs its own scripts, talks to its own address, and is shown in no other page.</summary>
    private const string Policy =
        "default-src 'none'; script-src 'self'; style-src 'self'; connect-src 'self'; img-src data:; base-uri 'none'; "
        + "form-action 'none'; frame-ancestors 'none'";

    private const string Guards =
        $"Content-Security-Policy: {Policy}\r\n"
        + "X-Content-Type-Options: nosniff\r\n"
        + "Referrer-Policy: no-referrer\r\n"
        + "Cross-Origin-Opener-Policy: same-origin\r\n"
        + "Cross-Origin-Resource-Policy: same-origin\r\n"
        + "Cache-Control: no-store\r\n";

    public static readonly string Json = Of("application/json");

    public static readonly string Events = Of("text/event-stream");

    public static readonly string Text = Of("text/plain; charset=utf-8");

    public static readonly string Trace =
        Of("text/html; charset=utf-8") + "Content-Disposition: attachment; filename=\"trace.html\"\r\n";

    /// <summary>Those of a file of the page's.</summary>
    /// <param name="name">Its name, whose end tells what it is.</param>
    public static string OfFile(string name) =>
        Of(
            Path.GetExtension(name) switch
            {
                ".html" => "text/html; charset=utf-8",
                ".css" => "text/css; charset=utf-8",
                ".js" => "text/javascript; charset=utf-8",
                ".svg" => "image/svg+xml",
                _ => "application/octet-stream",
            }
        );

    private static string Of(string type) => $"Content-Type: {type}\r\n{Guards}";
}
