namespace Server.Host.Http;

/// <summary>The fields that a request is asked for by name. All others are <see cref="Other"/>.</summary>
internal enum KnownField
{
    Other,
    Host,
    Connection,
    ContentLength,
    TransferEncoding,
    Expect,
    IfMatch,
    IfNoneMatch,
    IfModifiedSince,
    IfUnmodifiedSince,
    IfRange,
    Range,
    AcceptEncoding,
    UserAgent,
    Referer,
}
