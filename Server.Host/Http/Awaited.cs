namespace Server.Host.Http;

/// <summary>What a connection receives next; each has a deadline of its own.</summary>
internal enum Awaited
{
    /// <summary>The rest of a request head. The first one counts from the accept.</summary>
    Head,

    /// <summary>The first byte of one more request.</summary>
    Request,

    /// <summary>The rest of a request's content.</summary>
    Content,
}
