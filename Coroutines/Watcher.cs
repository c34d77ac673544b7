using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>Keeps what the poller watches in step with what coroutines wait for.</summary>
/// <remarks>
/// Interest is only noted while coroutines run, and told to the poller just before it is asked, where it really changed: a
/// coroutine that reads again and again costs no call. A plain socket has a slot for as long as somebody waits on it, so
/// nothing remains of one that is simply disposed.
/// </remarks>
[DebuggerNonUserCode]
internal sealed class Watcher(IPoller poller) : IDisposable
{
    private readonly Dictionary<Socket, SocketSlot> plain = [];
    private readonly List<SocketSlot> stale = [];
    private readonly List<SocketSlot> closed = [];
    private readonly List<Readiness> ready = [];
    private bool isTelling;

    public WatchList Watched { get; } = new();

    /// <summary>Has a waiter stand at a socket.</summary>
    /// <inheritdoc cref="IAwaited.Enlist"/>
    public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        var slot = SlotOf(wait.Subject!);
        outcome = new Outcome(slot.IsClosed ? WakeupReason.Closed : WakeupReason.None);
        if (slot.IsClosed)
            return null;
        slot.Occupy(InterestOf(wait.Code), waiter);
        return slot;
    }

    /// <summary>The slot of a plain socket, if somebody waits on it.</summary>
    public SocketSlot? Find(Socket socket) => plain.GetValueOrDefault(socket);

    /// <summary>Takes note that somebody began or ceased to wait on a slot.</summary>
    public void Touch(SocketSlot slot)
    {
        if (slot.IsStale)
            return;
        slot.IsStale = true;
        stale.Add(slot);
    }

    /// <summary>Stops watching a slot that is about to be closed, or is.</summary>
    public void Forget(SocketSlot slot)
    {
        if (slot.Watched != Interest.None)
            Tell(slot, Interest.None);
        ForgetPlain(slot);
    }

    /// <summary>Plain sockets that were disposed while somebody waits on them: neither poller would ever say so.</summary>
    public List<SocketSlot> FindClosed()
    {
        closed.Clear();
        foreach (var slot in plain.Values)
        {
            if (!slot.IsOpen)
                closed.Add(slot);
        }
        return closed;
    }

    /// <summary>Tells the poller what changed. Whoever waits on a socket that the kernel refuses to watch fails.</summary>
    public void Sync()
    {
        for (var i = 0; i < stale.Count; i++)
            Sync(stale[i]);
        stale.Clear();
    }

    public List<Readiness> Poll(TimeSpan timeout)
    {
        ready.Clear();
        poller.Poll(Watched, timeout, ready);
        return ready;
    }

    /// <summary>Wakes those whose sockets the poll has found ready, or closed.</summary>
    public void WakeReady()
    {
        isTelling = true;
        foreach (var (descriptor, interest) in ready)
        {
            if (descriptor.IsOpen)
                ((SocketSlot)descriptor).Wake(interest);
            else
                ((SocketSlot)descriptor).Close();
        }
        isTelling = false;
    }

    /// <summary>What the poll that is being told has found a socket ready for.</summary>
    public Interest ReportedOf(SocketSlot slot)
    {
        for (var i = 0; isTelling && i < ready.Count; i++)
        {
            if (ready[i].Descriptor == slot)
                return ready[i].Interest;
        }
        return Interest.None;
    }

    public void Wake() => poller.Wake();

    public void Dispose() => poller.Dispose();

    private static Interest InterestOf(WaitKind kind) =>
        kind switch
        {
            WaitKind.Read => Interest.Read,
            WaitKind.Write => Interest.Write,
            _ => Interest.ReadWrite,
        };

    /// <exception cref="ObjectDisposedException">A plain socket is disposed.</exception>
    private SocketSlot SlotOf(object subject)
    {
        var slot = subject is Socket socket ? SlotOf(socket) : ((IWaitable)subject).Slot;
        if (slot.Watcher is not null && slot.Watcher != this)
            throw new InvalidOperationException($"{slot} belongs to another scheduler.");
        slot.Watcher = this;
        return slot;
    }

    private SocketSlot SlotOf(Socket socket)
    {
        ref var slot = ref CollectionsMarshal.GetValueRefOrAddDefault(plain, socket, out var exists);
        if (exists)
            return slot!;
        try
        {
            socket.Blocking = false;
            return slot = new SocketSlot(socket) { IsPlain = true };
        }
        catch
        {
            plain.Remove(socket);
            throw;
        }
    }

    private void ForgetPlain(SocketSlot slot)
    {
        if (slot.IsPlain)
            plain.Remove(slot.Socket!);
    }

    private void Sync(SocketSlot slot)
    {
        slot.IsStale = false;
        if (slot.IsClosed)
            return; // it was forgotten then, and its socket may have another slot by now
        try
        {
            if (slot.Wanted != slot.Watched)
                Tell(slot, slot.Wanted);
        }
        catch (IOException failure)
        {
            Watched.Set(slot, Interest.None);
            slot.Fail(failure);
        }
        if (slot.Wanted == Interest.None)
            ForgetPlain(slot);
    }

    private void Tell(SocketSlot slot, Interest interest)
    {
        var before = slot.Watched;
        Watched.Set(slot, interest);
        poller.Change(slot, before);
    }
}
