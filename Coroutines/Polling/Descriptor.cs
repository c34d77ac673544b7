using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace Coroutines.Polling;

/// <summary>What a poller watches: an open descriptor and the directions in which it is watched.</summary>
public abstract class Descriptor
{
    private readonly SafeHandle? handle; // null for a scripted one
    private Socket? socket;

    private protected Descriptor(int number) => Number = number;

    private protected Descriptor(SafeHandle handle)
        : this((int)handle.DangerousGetHandle()) => this.handle = handle;

    private protected Descriptor(Socket socket)
        : this(HandleOf(socket)) => this.socket = socket;

    /// <summary>The number that the kernel gave it. It is given again once this descriptor is closed: it tells a
    /// descriptor to a person; to a poller only the object does.</summary>
    public int Number { get; }

    /// <summary>The socket, made now if there was none yet; null for a scripted descriptor, and for one that was closed
    /// before anybody asked.</summary>
    public Socket? Socket =>
        socket ??= handle is { IsClosed: false } ? new Socket(new SafeSocketHandle(Number, ownsHandle: false)) : null;

    /// <summary>What the poller was last asked to watch it for.</summary>
    public Interest Watched { get; internal set; }

    /// <summary>False once the socket was closed, by whomever.</summary>
    internal bool IsOpen => handle is not { IsClosed: true } && socket is not { SafeHandle.IsClosed: true };

    /// <summary>Where it stands in the <see cref="WatchList"/>; -1 if it doesn't.</summary>
    internal int WatchIndex { get; set; } = -1;

    /// <summary>The poller's own key for it; only the poller touches it.</summary>
    internal int PollerKey { get; set; } = -1;

    /// <summary>Closes the descriptor, and the socket that was made of it.</summary>
    internal void CloseHandle()
    {
        socket?.Dispose();
        handle?.Dispose();
    }

    private protected static SafeSocketHandle HandleOf(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return socket.SafeHandle;
    }
}
