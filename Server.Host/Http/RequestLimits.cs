namespace Server.Host.Http;

/// <summary>How much of one request is read before it is refused. Sizes are in bytes.</summary>
/// <remarks>A value at its limit is served, one byte or one field more is refused. The ranges are checked where options
/// are read, not here, so that scenarios can set smaller ones.</remarks>
internal sealed record RequestLimits
{
    // RFC 9112, section 3: at least 8,000 bytes are recommended. nginx: large_client_header_buffers 8k; Kestrel: 8,192;
    // Apache: LimitRequestLine 8,190.
    public const int DefaultRequestLineBytes = 8_192;
    public const int MinRequestLineBytes = 256;
    public const int MaxRequestLineBytes = MaxHeadBytes;

    // Kestrel: MaxRequestHeadersTotalSize 32,768; nginx: large_client_header_buffers 4 of 8k.
    public const int DefaultHeadBytes = 32_768;
    public const int MinHeadBytes = 1_024;
    public const int MaxHeadBytes = 1_048_576;

    // Kestrel: MaxRequestHeaderCount 100; Apache: LimitRequestFields 100. A browser sends about twenty.
    public const int DefaultFields = 100;
    public const int MinFields = 16;
    public const int MaxFields = 10_000;

    // nginx: client_max_body_size 1m. A static server reads a body only to reach the next request.
    public const long DefaultBodyBytes = 1_048_576;
    public const long MinBodyBytes = 0;
    public const long MaxBodyBytes = 1L << 40;

    // nginx: keepalive_requests 1,000; Apache: MaxKeepAliveRequests 100; Kestrel: none.
    public const int DefaultRequests = 0;
    public const int MaxRequests = 1_000_000_000;

    /// <summary>The longest request line, with its CR LF. Default 8,192. Beyond it: 414.</summary>
    public int RequestLineBytes { get; init; } = DefaultRequestLineBytes;

    /// <summary>The longest head: all from the first byte to the empty line, that line and any empty lines in front
    /// included. Also the longest trailer section of a chunked body. Default 32,768. Beyond it: 431.</summary>
    public int HeadBytes { get; init; } = DefaultHeadBytes;

    /// <summary>The most field lines of one head, and of one trailer section. Default 100. Beyond it: 431.</summary>
    public int Fields { get; init; } = DefaultFields;

    /// <summary>The longest content of one request. Default 1 MiB; 0 admits no content. Beyond it: 413.</summary>
    public long BodyBytes { get; init; } = DefaultBodyBytes;

    /// <summary>How many requests of one connection are answered; it ends with the last. Default 0: no limit.</summary>
    public int Requests { get; init; } = DefaultRequests;
}
