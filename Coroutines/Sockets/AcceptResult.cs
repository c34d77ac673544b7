namespace Coroutines.Sockets;

/// <summary>How an accept ended.</summary>
public enum AcceptResult
{
    /// <summary>There is a connection.</summary>
    Accepted,

    /// <summary>Nobody waits to be accepted: wait until the listener is readable.</summary>
    WouldBlock,

    /// <summary>The client has gone already. There may be others: accept again.</summary>
    Aborted,

    /// <summary>The process or the system has no descriptor, or no memory, left. The client stays in the backlog, and the
    /// listener stays readable: wait for a connection to close, not for the listener.</summary>
    OutOfDescriptors,

    /// <summary>The listener was closed.</summary>
    Closed,
}
