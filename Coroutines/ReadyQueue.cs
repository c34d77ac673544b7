namespace Coroutines;

/// <summary>The coroutines that can be resumed, first come first served.</summary>
internal sealed class ReadyQueue
{
    private Coroutine?[] ring = new Coroutine?[64];
    private int head;

    public int Count { get; private set; }

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

    private void Grow()
    {
        var larger = new Coroutine?[ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = ring[(head + i) & (ring.Length - 1)];
        (ring, head) = (larger, 0);
    }
}
