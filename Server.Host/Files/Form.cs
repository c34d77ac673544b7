namespace Server.Host.Files;

/// <summary>What is known of a file before it is read.</summary>
/// <param name="ContentType">The value of the Content-Type field: that of the file as it is, however it is coded.</param>
/// <param name="Coding">How the content is coded.</param>
/// <param name="CacheControl">The value of the Cache-Control field; empty if there is none.</param>
internal readonly record struct Form(
    ReadOnlyMemory<byte> ContentType,
    ContentCoding Coding,
    ReadOnlyMemory<byte> CacheControl
)
{
    /// <summary>Whether compression would make the content shorter, as far as its media type tells.</summary>
    public bool IsCompressible => Coding == ContentCoding.Identity && Compressible.Includes(ContentType.Span);
}
