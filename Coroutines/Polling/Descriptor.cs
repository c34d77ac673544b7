using System.Net.Sockets;

namespace Coroutines.Polling;

/// <summary>What a poller watches: an open descriptor and the directions in which it is watched.</summary>
public abstract class Descriptor
{
    private protected Descriptor(int number, Socket? socket)
    {
        Number = number;
        Socket = socket;
    }

    /// <summary>The number that the kernel gave it. It is given again once this descriptor is closed: it tells a
    /// descriptor to a person; to a poller only the object does.</summary>
    public int Number { get; }

    /// <summary>The socket; null for a scripted descriptor.</summary>
    public Socket? Socket { get; }

    /// <summary>What the poller was last asked to watch it for.</summary>
    public Interest Watched { get; internal set; }

    /// <summary>False once the socket was closed, by whomever.</summary>
    internal bool IsOpen => Socket is not { SafeHandle.IsClosed: true };

    /// <summary>Where it stands in the <see cref="WatchList"/>; -1 if it doesn't.</summary>
    internal int WatchIndex { get; set; } = -1;

    /// <summary>The poller's own key for it; only the poller touches it.</summary>
    internal int PollerKey { get; set; } = -1;
}
