using System.Diagnostics;
using System.Runtime.Versioning;
using Microsoft.Win32.SafeHandles;

namespace Coroutines.Polling;

/// <summary>Linux's epoll(7), level-triggered: the kernel keeps the set of watched descriptors, so that a call costs as
/// much as there are ready ones.</summary>
/// <remarks>
/// <para>A descriptor is known by a slot of its own and that slot's generation. The kernel's number won't do: it is given
/// again, and an event of the old one may still be under way.</para>
/// <para>A descriptor that is watched for nothing is removed: it would go on to report a hang-up, for ever.</para>
/// <para>One that was closed behind the scheduler's back, while another process has a copy of it, stays in the kernel's set,
/// where its number can't name it any more. Once such a one is reported the set is made anew.</para>
/// </remarks>
[SupportedOSPlatform("linux")]
[DebuggerNonUserCode]
public sealed class EpollPoller : IPoller
{
    private const int EventsPerPoll = 256;
    private const ulong WakerKey = ulong.MaxValue;
    private const int NoEntry = 2; // ENOENT
    private const int BadDescriptor = 9; // EBADF

    private readonly Waker waker;
    private readonly byte[] events = Epoll.Buffer(EventsPerPoll);
    private readonly Stack<int> freeKeys = new();
    private SafeFileHandle handle;
    private Entry[] entries = new Entry[64];
    private int usedKeys;

    /// <summary>Makes a poller that watches nothing yet.</summary>
    /// <exception cref="IOException">The kernel has no descriptor left for it.</exception>
    public EpollPoller()
        : this(new Waker()) { }

    internal EpollPoller(Waker waker)
    {
        this.waker = waker;
        handle = OpenSet();
    }

    /// <inheritdoc/>
    public string Name => "epoll";

    /// <inheritdoc/>
    public void Change(Descriptor descriptor, Interest before)
    {
        if (handle.IsClosed)
            return; // the kernel's set has gone with it, and its number may be another's by now
        if (descriptor.Watched == Interest.None)
            Remove(descriptor);
        else if (descriptor.PollerKey < 0)
            Add(descriptor);
        else
            Modify(descriptor);
    }

    /// <inheritdoc/>
    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready)
    {
        var milliseconds = timeout == Timeout.InfiniteTimeSpan ? -1 : Milliseconds.RoundUp(timeout);
        var count = Epoll.Wait(Set, events, milliseconds);
        var isSound = true;
        for (var i = 0; i < count; i++)
            isSound &= TryCollect(Epoll.Read(events, i), ready);
        if (!isSound)
            RenewSet(watched);
    }

    /// <inheritdoc/>
    public void Wake() => waker.Ring();

    /// <inheritdoc/>
    public void Dispose()
    {
        handle.Dispose();
        waker.Dispose();
    }

    /// <summary>Watches what another poller with the same waker has watched so far; or else nothing, and leaves the waker
    /// alone.</summary>
    /// <exception cref="IOException">The kernel refuses to watch one of them.</exception>
    internal void TakeOver(WatchList watched)
    {
        try
        {
            foreach (var descriptor in watched)
                Add(descriptor);
        }
        catch (IOException)
        {
            foreach (var descriptor in watched)
                descriptor.PollerKey = -1;
            handle.Dispose();
            throw;
        }
    }

    private int Set => (int)handle.DangerousGetHandle();

    private SafeFileHandle OpenSet()
    {
        var set = Epoll.Create();
        var owned = new SafeFileHandle(set, ownsHandle: true);
        var number = (int)waker.Socket.SafeHandle.DangerousGetHandle();
        var error = Epoll.Control(set, Epoll.Operation.Add, number, Epoll.In, WakerKey);
        if (error == 0)
            return owned;
        owned.Dispose();
        throw Epoll.Failed("epoll_ctl", error);
    }

    /// <summary>Leaves behind what is in the set and can't be taken out.</summary>
    private void RenewSet(WatchList watched)
    {
        var old = handle;
        try
        {
            handle = OpenSet();
            foreach (var descriptor in watched)
                Control(Epoll.Operation.Add, descriptor);
            old.Dispose();
        }
        catch (IOException)
        {
            // Out of descriptors, most likely: the old set serves as well, and the next poll tries again.
            if (handle != old)
                handle.Dispose();
            handle = old;
        }
    }

    /// <summary>Takes what the kernel has found. False if that is nothing which is watched.</summary>
    private bool TryCollect((uint Flags, ulong Key) found, List<Readiness> ready)
    {
        if (found.Key == WakerKey)
        {
            waker.Silence();
            return true;
        }
        ref var entry = ref entries[(int)(found.Key & uint.MaxValue)];
        if (entry.Descriptor is not { } descriptor || entry.Generation != (uint)(found.Key >> 32))
            return false;
        ready.Add(new Readiness(descriptor, ReadyFor(found.Flags)));
        return true;
    }

    // A hang-up or an error is for both directions: whoever waits finds it out by reading or writing.
    private static Interest ReadyFor(uint flags)
    {
        if ((flags & (Epoll.Error | Epoll.HangUp)) != 0)
            return Interest.ReadWrite;
        return ((flags & Epoll.In) != 0 ? Interest.Read : Interest.None)
            | ((flags & Epoll.Out) != 0 ? Interest.Write : Interest.None);
    }

    private void Add(Descriptor descriptor)
    {
        descriptor.PollerKey = RentKey();
        entries[descriptor.PollerKey].Descriptor = descriptor;
        try
        {
            Control(Epoll.Operation.Add, descriptor);
        }
        catch (IOException)
        {
            ReturnKey(descriptor);
            throw;
        }
    }

    private void Modify(Descriptor descriptor)
    {
        try
        {
            Control(Epoll.Operation.Modify, descriptor);
        }
        catch (IOException)
        {
            Remove(descriptor);
            throw;
        }
    }

    private void Remove(Descriptor descriptor)
    {
        if (descriptor.PollerKey < 0)
            return;
        // The kernel has removed a closed one by itself, and its number may be another's by now.
        if (descriptor.IsOpen)
            Control(Epoll.Operation.Delete, descriptor);
        ReturnKey(descriptor);
    }

    private void Control(Epoll.Operation operation, Descriptor descriptor)
    {
        var key = (ulong)(uint)descriptor.PollerKey | ((ulong)entries[descriptor.PollerKey].Generation << 32);
        var flags =
            ((descriptor.Watched & Interest.Read) != 0 ? Epoll.In : 0)
            | ((descriptor.Watched & Interest.Write) != 0 ? Epoll.Out : 0);
        var error = Epoll.Control(Set, operation, descriptor.Number, flags, key);
        if (error == 0 || (operation == Epoll.Operation.Delete && error is NoEntry or BadDescriptor))
            return;
        throw Epoll.Failed($"epoll_ctl({operation}, {descriptor})", error);
    }

    private int RentKey()
    {
        if (freeKeys.TryPop(out var key))
            return key;
        if (usedKeys == entries.Length)
            Array.Resize(ref entries, entries.Length * 2);
        return usedKeys++;
    }

    private void ReturnKey(Descriptor descriptor)
    {
        ref var entry = ref entries[descriptor.PollerKey];
        entry.Descriptor = null;
        entry.Generation++;
        freeKeys.Push(descriptor.PollerKey);
        descriptor.PollerKey = -1;
    }

    private struct Entry
    {
        public Descriptor? Descriptor;
        public uint Generation;
    }
}
