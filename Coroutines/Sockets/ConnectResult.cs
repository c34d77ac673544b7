namespace Coroutines.Sockets;

/// <summary>How a connect stands.</summary>
public enum ConnectResult
{
    /// <summary>The connection is open.</summary>
    Connected,

    /// <summary>It is under way: wait until it is writable, then ask again.</summary>
    WouldBlock,

    /// <summary>Nobody listens there.</summary>
    Refused,

    /// <summary>The host or the network can't be reached, or didn't answer.</summary>
    Unreachable,

    /// <summary>It was closed on this side.</summary>
    Closed,
}
