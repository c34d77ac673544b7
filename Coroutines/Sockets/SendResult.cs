namespace Coroutines.Sockets;

/// <summary>How a send ended.</summary>
public enum SendResult
{
    /// <summary>Some of the bytes, perhaps all, were taken.</summary>
    Sent,

    /// <summary>None was taken: the peer doesn't read fast enough. Wait until the connection is writable.</summary>
    WouldBlock,

    /// <summary>The connection is broken: reset, timed out, unreachable.</summary>
    Reset,

    /// <summary>It was closed on this side.</summary>
    Closed,
}
