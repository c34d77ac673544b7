using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>A socket as its scheduler knows it: at most one coroutine waits to read it and at most one to write it.</summary>
/// <remarks>It belongs to the scheduler on which was first waited for it, and is used on that scheduler's thread only.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerNonUserCode]
public sealed class SocketSlot : Descriptor, IPlace
{
    private IWaiter? reader;
    private IWaiter? writer;

    /// <summary>The slot of a socket: for a transport or an acceptor of one's own that stands on one.</summary>
    /// <param name="socket">An open socket, which is non-blocking: whoever makes the slot sees to that.</param>
    /// <exception cref="ArgumentNullException"><paramref name="socket"/> is null.</exception>
    public SocketSlot(Socket socket)
        : base(socket) { }

    /// <summary>The slot of a socket of which there is no more than its handle.</summary>
    internal SocketSlot(SafeHandle handle)
        : base(handle) { }

    /// <summary>The slot of something that only scripts make ready.</summary>
    internal SocketSlot(int number)
        : base(number) { }

    /// <summary>The coroutine that waits to read.</summary>
    public Coroutine? Reader => reader?.Coroutine;

    /// <summary>The coroutine that waits to write.</summary>
    public Coroutine? Writer => writer?.Coroutine;

    /// <summary>Whether the socket was closed; every wait on it then ends at once.</summary>
    public bool IsClosed { get; private set; }

    /// <summary>The watcher of the scheduler that it belongs to.</summary>
    internal Watcher? Watcher { get; set; }

    /// <summary>Whether it is that of a plain socket, there for as long as somebody waits on it.</summary>
    internal bool IsPlain { get; init; }

    /// <summary>Whether the interest may have changed since the poller was last told.</summary>
    internal bool IsStale { get; set; }

    internal Interest Wanted =>
        (reader is null ? Interest.None : Interest.Read) | (writer is null ? Interest.None : Interest.Write);

    /// <summary>Ends the waits on the socket (<see cref="Wakeup.Closed"/>) and withdraws it from the poller. Calling it again
    /// does nothing.</summary>
    /// <remarks>A transport or an acceptor of one's own calls this before it closes its socket: of one that is closed alone
    /// epoll tells nobody, and whoever waits on it waits for ever.</remarks>
    public void Close()
    {
        if (IsClosed)
            return;
        IsClosed = true;
        Watcher?.Forget(this);
        WakeBoth(new Outcome(WakeupReason.Closed));
    }

    /// <inheritdoc/>
    public override string ToString() => $"fd {Number}";

    /// <summary>The text of the slot that a socket has, or would have.</summary>
    internal static string TextOf(Socket socket) => $"fd {(int)HandleOf(socket).DangerousGetHandle()}";

    internal void Occupy(Interest interest, IWaiter waiter)
    {
        var reads = (interest & Interest.Read) != 0;
        var writes = (interest & Interest.Write) != 0;
        if (reads && reader is not null)
            throw Taken(waiter, reader, "read", "reader");
        if (writes && writer is not null)
            throw Taken(waiter, writer, "write", "writer");
        reader = reads ? waiter : reader;
        writer = writes ? waiter : writer;
        Watcher!.Touch(this);
    }

    void IPlace.Leave(IWaiter waiter) => Vacate(waiter);

    /// <summary>Those of the directions that a waiter waits for which the poll that is being told has found ready.</summary>
    internal WakeupReason ReportedTo(IWaiter waiter)
    {
        var reported = Watcher!.ReportedOf(this);
        return (reader == waiter && (reported & Interest.Read) != 0 ? WakeupReason.Readable : WakeupReason.None)
            | (writer == waiter && (reported & Interest.Write) != 0 ? WakeupReason.Writable : WakeupReason.None);
    }

    /// <summary>Wakes who waits for these directions; one that waits for either is woken once and told both.</summary>
    internal void Wake(Interest interest)
    {
        var reads = (interest & Interest.Read) != 0;
        var writes = (interest & Interest.Write) != 0;
        if (reads && reader is { } first)
            Wake(first, WakeupReason.Readable | (writes && writer == first ? WakeupReason.Writable : 0));
        // Asked only now: if both directions were waits of one that waits for any, the other has left by this.
        if (writes && writer is { } second)
            Wake(second, WakeupReason.Writable);
    }

    /// <summary>The kernel refuses to watch it: whoever waits on it fails.</summary>
    internal void Fail(IOException failure) =>
        WakeBoth(new Outcome(WakeupReason.Failed | WakeupReason.Thrown, failure));

    private void WakeBoth(in Outcome outcome)
    {
        while ((reader ?? writer) is { } waiter)
        {
            Vacate(waiter);
            waiter.Wake(outcome);
        }
    }

    private void Wake(IWaiter waiter, WakeupReason reason)
    {
        Vacate(waiter);
        waiter.Wake(new Outcome(reason));
    }

    private void Vacate(IWaiter waiter)
    {
        if (reader == waiter)
            reader = null;
        if (writer == waiter)
            writer = null;
        Watcher!.Touch(this);
    }

    private InvalidOperationException Taken(IWaiter late, IWaiter holder, string direction, string role) =>
        new(
            $"Coroutines '{late.Coroutine?.Name}' and '{holder.Coroutine?.Name}' both wait to {direction} {this}; one socket has one {role}."
        );
}
