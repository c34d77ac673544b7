using System.Diagnostics;
using System.Net.Sockets;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>A socket as its scheduler knows it: at most one coroutine waits to read it and at most one to write it.</summary>
/// <remarks>It belongs to the scheduler on which was first waited for it, and is used on that scheduler's thread only.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class SocketSlot : Descriptor
{
    /// <summary>The slot of a socket: for a transport or an acceptor of one's own that stands on one.</summary>
    /// <param name="socket">An open socket, which is non-blocking: whoever makes the slot sees to that.</param>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    public SocketSlot(Socket socket)
        : base(NumberOf(socket), socket) { }

    /// <summary>The slot of something that only scripts make ready.</summary>
    internal SocketSlot(int number)
        : base(number, socket: null) { }

    /// <summary>The coroutine that waits to read.</summary>
    public Coroutine? Reader { get; internal set; }

    /// <summary>The coroutine that waits to write.</summary>
    public Coroutine? Writer { get; internal set; }

    /// <summary>Whether the socket was closed; every wait on it then ends at once.</summary>
    public bool IsClosed { get; private set; }

    internal Scheduler? Scheduler { get; set; }

    /// <summary>Whether the interest may have changed since the poller was last told.</summary>
    internal bool IsStale { get; set; }

    internal Interest Wanted =>
        (Reader is null ? Interest.None : Interest.Read) | (Writer is null ? Interest.None : Interest.Write);

    /// <summary>Ends the waits on the socket (<see cref="Wakeup.Closed"/>) and withdraws it from the poller. Called before
    /// the socket itself is closed. Calling it again does nothing.</summary>
    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        Scheduler?.Forget(this);
    }

    /// <inheritdoc/>
    public override string ToString() => $"fd {Number}";

    internal void Occupy(Interest interest, Coroutine coroutine)
    {
        var reads = (interest & Interest.Read) != 0;
        var writes = (interest & Interest.Write) != 0;
        if (reads && Reader is not null)
            throw Taken(coroutine, Reader, "read", "reader");
        if (writes && Writer is not null)
            throw Taken(coroutine, Writer, "write", "writer");
        Reader = reads ? coroutine : Reader;
        Writer = writes ? coroutine : Writer;
    }

    internal void Vacate(Coroutine coroutine)
    {
        if (Reader == coroutine)
            Reader = null;
        if (Writer == coroutine)
            Writer = null;
    }

    private InvalidOperationException Taken(Coroutine late, Coroutine holder, string direction, string role) =>
        new(
            $"Coroutines '{late.Name}' and '{holder.Name}' both wait to {direction} {this}; one socket has one {role}."
        );

    private static int NumberOf(Socket socket)
    {
        ArgumentNullException.ThrowIfNull(socket);
        return (int)socket.SafeHandle.DangerousGetHandle();
    }
}
