namespace Server.Host.Http;

/// <summary>The methods of RFC 9110, section 9.3, and PATCH of RFC 5789.</summary>
internal enum Method
{
    /// <summary>A well-formed method that is none of the others. The server answers 501 (RFC 9110, section
    /// 9.1).</summary>
    Other,
    Get,
    Head,
    Post,
    Put,
    Delete,
    Connect,
    Options,
    Trace,
    Patch,
}
