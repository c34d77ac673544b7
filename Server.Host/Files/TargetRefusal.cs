namespace Server.Host.Files;

/// <summary>Why a request's path cannot name a file, before any file is looked at.</summary>
internal enum TargetRefusal
{
    /// <summary>The path may name a file.</summary>
    None,

    /// <summary>The path isn't one: 400 (RFC 9110, section 15.5.1).</summary>
    BadRequest,

    /// <summary>The path is well-formed, but nothing is ever served under it: 404.</summary>
    NotFound,
}
