using System.Net.Sockets;

namespace Coroutines;

/// <summary>One call of select on the sockets of one wait, or of several.</summary>
internal sealed class SocketSelect
{
    private readonly List<Socket> read = [];
    private readonly List<Socket> write = [];

    /// <summary>Puts a wait's socket into the sets. False if it was closed.</summary>
    /// <exception cref="NotSupportedException">The wait isn't for a real socket.</exception>
    public bool TryAdd(in Wait wait)
    {
        var slot = (wait.Subject as IWaitable)?.Slot;
        if (slot is { IsClosed: true })
            return false;
        var socket = SocketOf(wait);
        // Or a send that is larger than the buffer would block beyond every deadline.
        if (socket.Blocking)
            socket.Blocking = false;
        if (wait.Kind is WaitKind.Read or WaitKind.ReadOrWrite)
            read.Add(socket);
        if (wait.Kind is WaitKind.Write or WaitKind.ReadOrWrite)
            write.Add(socket);
        return true;
    }

    /// <summary>Blocks until a socket is ready, or the timeout is over.</summary>
    public void Block(TimeSpan timeout) => Socket.Select(read, write, null, timeout);

    /// <summary>For what a wait's socket is ready.</summary>
    public WakeupReason ReadinessOf(in Wait wait)
    {
        var socket = SocketOf(wait);
        return (read.Contains(socket) ? WakeupReason.Readable : WakeupReason.None)
            | (write.Contains(socket) ? WakeupReason.Writable : WakeupReason.None);
    }

    private static Socket SocketOf(in Wait wait) =>
        wait.Subject as Socket
        ?? (wait.Subject as IWaitable)?.Slot.Socket
        ?? throw new NotSupportedException("The blocking driver waits on real sockets only.");
}
