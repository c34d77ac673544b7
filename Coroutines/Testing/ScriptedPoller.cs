using System.Runtime.InteropServices;
using Coroutines.Polling;

namespace Coroutines.Testing;

/// <summary>A poller over scripted peers and listeners. It never blocks: where a real one would wait for time to pass, it
/// moves the clock.</summary>
public sealed class ScriptedPoller : IPoller
{
    private readonly Dictionary<Descriptor, IScripted> scripts = [];
    private readonly ManualClock clock;
    private int lastNumber = 2; // 0, 1 and 2 are the standard streams
    private volatile bool isWoken;

    /// <summary>A poller that moves <paramref name="clock"/>.</summary>
    /// <param name="clock">The clock of its scheduler.</param>
    /// <exception cref="ArgumentNullException"><paramref name="clock"/> is null.</exception>
    public ScriptedPoller(ManualClock clock)
    {
        ArgumentNullException.ThrowIfNull(clock);
        this.clock = clock;
    }

    /// <inheritdoc/>
    public string Name => "scripted";

    /// <summary>Has each poll tell a part of what is ready, chosen at random, and the rest later. By default all.</summary>
    internal Random? Shuffler { get; set; }

    /// <inheritdoc/>
    public void Change(Descriptor descriptor, Interest before) { }

    /// <inheritdoc/>
    /// <exception cref="InvalidOperationException">It would wait for ever: nothing is ready, nothing is due. Or a socket is
    /// watched that isn't scripted by this poller, such as a real one.</exception>
    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready)
    {
        for (var i = 0; i < watched.Count; i++) // an enumerator would be allocated
        {
            var descriptor = watched[i];
            var interest = ScriptOf(descriptor).Poll() & descriptor.Watched;
            if (interest != Interest.None)
                ready.Add(new Readiness(descriptor, interest));
        }
        if (Shuffler is not null && ready.Count > 1)
            KeepSome(Shuffler, ready);
        if (ready.Count > 0 || isWoken || timeout == TimeSpan.Zero)
        {
            isWoken = false;
            return;
        }
        if (timeout == Timeout.InfiniteTimeSpan)
            throw new InvalidOperationException(
                "Nothing is ready and nothing is due: the scheduler would wait for ever."
            );
        clock.Advance(TimeSpan.FromMilliseconds(Milliseconds.RoundUp(timeout.Ticks)));
    }

    /// <inheritdoc/>
    public void Wake() => isWoken = true;

    /// <inheritdoc/>
    public void Dispose() { }

    internal SocketSlot Add(IScripted script)
    {
        var slot = new SocketSlot(++lastNumber);
        scripts.Add(slot, script);
        return slot;
    }

    internal void Remove(SocketSlot slot) => scripts.Remove(slot);

    /// <summary>Keeps one or more of what is ready: what isn't told now is still ready at the next poll.</summary>
    private static void KeepSome(Random random, List<Readiness> ready)
    {
        random.Shuffle(CollectionsMarshal.AsSpan(ready));
        var kept = 1 + random.Next(ready.Count);
        ready.RemoveRange(kept, ready.Count - kept);
    }

    private IScripted ScriptOf(Descriptor descriptor) =>
        scripts.TryGetValue(descriptor, out var script)
            ? script
            : throw new InvalidOperationException($"{descriptor} isn't scripted by this poller.");
}
