namespace Server.Host.Http;

/// <summary>What a client waits for before it sends its content (RFC 9110, section 10.1.1).</summary>
internal enum Expectation
{
    None,

    /// <summary>The client waits for <c>100 Continue</c>, or for the answer, before it sends the content.</summary>
    Continue,

    /// <summary>Something nobody has defined. The server may answer 417.</summary>
    Unknown,
}
