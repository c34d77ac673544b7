using System.Diagnostics;

namespace Coroutines;

/// <summary>The coroutines that can be resumed, first come first served.</summary>
[DebuggerNonUserCode]
internal sealed class ReadyQueue
{
    private Coroutine?[] ring = new Coroutine?[64];
    private int head;

    public int Count { get; private set; }

    /// <summary>Those that are in it, in order; some may have ended meanwhile.</summary>
    public IEnumerable<Coroutine> All => Enumerable.Range(0, Count).Select(place => At(place)!);

    public void Enqueue(Coroutine coroutine)
    {
        if (Count == ring.Length)
            Grow();
        ring[(head + Count) & (ring.Length - 1)] = coroutine;
        Count++;
    }

    public Coroutine Dequeue()
    {
        var coroutine = ring[head]!;
        ring[head] = null;
        head = (head + 1) & (ring.Length - 1);
        Count--;
        return coroutine;
    }

    /// <summary>Puts those that are in it into another order, each order being equally likely.</summary>
    public void Shuffle(Random random)
    {
        for (var left = Count; left > 1; left--)
        {
            ref var last = ref At(left - 1);
            ref var other = ref At(random.Next(left));
            (last, other) = (other, last);
        }
    }

    private ref Coroutine? At(int place) => ref ring[(head + place) & (ring.Length - 1)];

    private void Grow()
    {
        var larger = new Coroutine?[ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = ring[(head + i) & (ring.Length - 1)];
        (ring, head) = (larger, 0);
    }
}
