namespace Server.Host.Http;

/// <summary>The status lines this server answers with, ready to send (RFC 9112, section 4; phrases of RFC 9110, section
/// 15, and RFC 6585).</summary>
internal static class StatusLine
{
    /// <summary>The whole interim answer that a client with <c>Expect: 100-continue</c> waits for.</summary>
    public static ReadOnlySpan<byte> Continue => "HTTP/1.1 100 Continue\r\n\r\n"u8;

    /// <summary>The status line with its CR LF.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This server has no such status.</exception>
    public static ReadOnlySpan<byte> Of(int status) =>
        status switch
        {
            200 => "HTTP/1.1 200 OK\r\n"u8,
            204 => "HTTP/1.1 204 No Content\r\n"u8,
            206 => "HTTP/1.1 206 Partial Content\r\n"u8,
            301 => "HTTP/1.1 301 Moved Permanently\r\n"u8,
            304 => "HTTP/1.1 304 Not Modified\r\n"u8,
            308 => "HTTP/1.1 308 Permanent Redirect\r\n"u8,
            400 => "HTTP/1.1 400 Bad Request\r\n"u8,
            403 => "HTTP/1.1 403 Forbidden\r\n"u8,
            404 => "HTTP/1.1 404 Not Found\r\n"u8,
            405 => "HTTP/1.1 405 Method Not Allowed\r\n"u8,
            406 => "HTTP/1.1 406 Not Acceptable\r\n"u8,
            408 => "HTTP/1.1 408 Request Timeout\r\n"u8,
            411 => "HTTP/1.1 411 Length Required\r\n"u8,
            412 => "HTTP/1.1 412 Precondition Failed\r\n"u8,
            413 => "HTTP/1.1 413 Content Too Large\r\n"u8,
            414 => "HTTP/1.1 414 URI Too Long\r\n"u8,
            415 => "HTTP/1.1 415 Unsupported Media Type\r\n"u8,
            416 => "HTTP/1.1 416 Range Not Satisfiable\r\n"u8,
            417 => "HTTP/1.1 417 Expectation Failed\r\n"u8,
            421 => "HTTP/1.1 421 Misdirected Request\r\n"u8,
            431 => "HTTP/1.1 431 Request Header Fields Too Large\r\n"u8,
            500 => "HTTP/1.1 500 Internal Server Error\r\n"u8,
            501 => "HTTP/1.1 501 Not Implemented\r\n"u8,
            503 => "HTTP/1.1 503 Service Unavailable\r\n"u8,
            505 => "HTTP/1.1 505 HTTP Version Not Supported\r\n"u8,
            _ => throw new ArgumentOutOfRangeException(nameof(status), status, "This server has no such status."),
        };

    /// <summary>The reason phrase alone: <c>Not Found</c>.</summary>
    /// <exception cref="ArgumentOutOfRangeException">This server has no such status.</exception>
    public static ReadOnlySpan<byte> PhraseOf(int status) => Of(status)["HTTP/1.1 200 ".Length..^"\r\n".Length];
}
