namespace Server.Host.Debugger;

/// <summary>The last snapshots, so that one can look back. Nothing is executed backwards. Any thread may use it.</summary>
internal sealed class SnapshotRing
{
    /// <summary>How many are kept; the oldest goes first.</summary>
    public const int Capacity = 500;

    private readonly Lock gate = new();
    private readonly Queue<Snapshot> kept = new();
    private long last;

    /// <summary>The last one; null before the first.</summary>
    public Snapshot? Last
    {
        get
        {
            lock (gate)
                return kept.LastOrDefault();
        }
    }

    /// <summary>How many are kept.</summary>
    public int Count
    {
        get
        {
            lock (gate)
                return kept.Count;
        }
    }

    public void Add(Func<long, Snapshot> take)
    {
        var snapshot = take(last + 1);
        lock (gate)
        {
            last = snapshot.Number;
            kept.Enqueue(snapshot);
            if (kept.Count > Capacity)
                kept.Dequeue();
        }
    }

    /// <summary>The one of a number; null if it isn't kept, or hasn't come yet.</summary>
    public Snapshot? Find(long number)
    {
        lock (gate)
            return kept.FirstOrDefault(snapshot => snapshot.Number == number);
    }
}
