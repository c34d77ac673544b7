namespace Server.Host.Files;

/// <summary>The content codings that are served (RFC 9110, section 8.4.1; RFC 7932; RFC 8878).</summary>
internal enum ContentCoding
{
    /// <summary>The file as it is.</summary>
    Identity,

    Brotli,

    Zstandard,

    Gzip,
}
