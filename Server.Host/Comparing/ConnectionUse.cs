namespace Server.Host.Comparing;

/// <summary>How many requests a client sends over one connection.</summary>
internal enum ConnectionUse
{
    /// <summary>All of them.</summary>
    Persistent,

    /// <summary>One, which says <c>Connection: close</c>.</summary>
    OneRequest,
}
