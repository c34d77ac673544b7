namespace Server.Host.Http;

/// <summary>What a chunked content goes on with (RFC 9112, section 7.1).</summary>
internal enum ChunkPhase
{
    FirstSizeDigit,
    SizeDigits,

    /// <summary>Blanks before the ';' of an extension, or behind it.</summary>
    Blanks,
    Extension,
    SizeLineFeed,
    Content,
    ContentReturn,
    ContentLineFeed,

    /// <summary>A trailer field, or the empty line that ends the content.</summary>
    TrailerStart,
    TrailerName,
    TrailerValue,
    TrailerLineFeed,
    LastLineFeed,
    Complete,
    Refused,
}
