namespace Coroutines.Sync;

/// <summary>Items in the order in which they came, even those that were taken and are put back.</summary>
internal sealed class ItemQueue<T>
{
    private Entry[] ring = new Entry[4];
    private int head;
    private long nextPosition;

    public int Count { get; private set; }

    /// <summary>Gives an item its position, without keeping it.</summary>
    public long Number() => nextPosition++;

    public void Enqueue(T item)
    {
        Grow();
        this[Count++] = new Entry(Number(), item);
    }

    /// <returns>The item's position, for <see cref="PutBack"/>.</returns>
    public long Dequeue(out T item)
    {
        (var position, item) = this[0];
        this[0] = default; // so that nothing is kept alive
        head = (head + 1) & (ring.Length - 1);
        Count--;
        return position;
    }

    /// <summary>Puts an item back that was taken: before all that came after it.</summary>
    public void PutBack(long position, T item)
    {
        Grow();
        head = (head - 1) & (ring.Length - 1);
        Count++;
        var at = 0;
        for (; at + 1 < Count && this[at + 1].Position < position; at++)
            this[at] = this[at + 1];
        this[at] = new Entry(position, item);
    }

    private ref Entry this[int index] => ref ring[(head + index) & (ring.Length - 1)];

    private void Grow()
    {
        if (Count < ring.Length)
            return;
        var larger = new Entry[ring.Length * 2];
        for (var i = 0; i < Count; i++)
            larger[i] = this[i];
        (ring, head) = (larger, 0);
    }

    private readonly record struct Entry(long Position, T Item);
}
