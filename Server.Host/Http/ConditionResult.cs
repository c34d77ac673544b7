namespace Server.Host.Http;

/// <summary>What the conditions of a request come to (RFC 9110, section 13.2.2).</summary>
internal enum ConditionResult
{
    /// <summary>Answer as if there were no conditions.</summary>
    Proceed,

    /// <summary>Answer 304: the client has what it asks for.</summary>
    NotModified,

    /// <summary>Answer 412.</summary>
    PreconditionFailed,
}
