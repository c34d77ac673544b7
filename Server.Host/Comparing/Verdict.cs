namespace Server.Host.Comparing;

/// <summary>What became of a request.</summary>
internal enum Verdict
{
    /// <summary>The answer isn't complete yet.</summary>
    Incomplete,

    /// <summary>The answer is what it ought to be, to the last byte.</summary>
    Right,

    /// <summary>The server says that it has no room (503), or let the client go before it answered anything.</summary>
    Refused,

    /// <summary>The server has ended a persistent connection between two answers, as it may (RFC 9112, section 9.5): the
    /// request is sent once more.</summary>
    Reopened,

    /// <summary>Another status, another length, another byte, or an end in the middle.</summary>
    Wrong,
}
