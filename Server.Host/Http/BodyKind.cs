namespace Server.Host.Http;

/// <summary>How the end of a request's content is told (RFC 9112, section 6.3).</summary>
internal enum BodyKind
{
    None,
    Length,
    Chunked,
}
