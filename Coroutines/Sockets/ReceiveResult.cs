namespace Coroutines.Sockets;

/// <summary>How a receive ended. None of these is an exception: each is an ordinary thing for a peer to do.</summary>
public enum ReceiveResult
{
    /// <summary>There are bytes.</summary>
    Data,

    /// <summary>There are none now (a spurious wakeup): wait again.</summary>
    WouldBlock,

    /// <summary>The peer has sent all it will send (end of file); it may still read.</summary>
    PeerClosed,

    /// <summary>The connection is broken: reset, timed out, unreachable.</summary>
    Reset,

    /// <summary>It was closed on this side.</summary>
    Closed,
}
