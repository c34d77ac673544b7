namespace Server.Host.Debugger;

/// <summary>The last snapshots, so that one can look back. Nothing is executed backwards. Any thread may use it.</summary>
/// <param name="maxBytes">How much memory they may take, by estimate; the last one is kept in any case. By default
/// <see cref="DefaultMaxBytes"/>.</param>
internal sealed class SnapshotRing(long maxBytes = SnapshotRing.DefaultMaxBytes)
{
    /// <summary>How many are kept; the oldest goes first.</summary>
    public const int Capacity = 500;

    // 500 snapshots of 30 coroutines take some 15 MB; of 2,000 coroutines it are the last 20 or so.
    public const long DefaultMaxBytes = 64L * 1024 * 1024;

    private readonly Lock gate = new();
    private readonly Queue<(Snapshot Snapshot, long Bytes)> kept = new();
    private long bytes;

    /// <summary>The last one; null before the first.</summary>
    public Snapshot? Last
    {
        get
        {
            lock (gate)
                return field;
        }
        private set;
    }

    /// <summary>The number of the oldest that is kept; 0 before the first.</summary>
    public long FirstNumber
    {
        get
        {
            lock (gate)
                return kept.TryPeek(out var oldest) ? oldest.Snapshot.Number : 0;
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

    /// <summary>How much memory they take, by estimate.</summary>
    public long Bytes
    {
        get
        {
            lock (gate)
                return bytes;
        }
    }

    /// <summary>Adds one; the caller is the only thread that does.</summary>
    /// <param name="take">Makes it, given its number.</param>
    public void Add(Func<long, Snapshot> take)
    {
        var snapshot = take((Last?.Number ?? 0) + 1);
        var size = SnapshotSize.Of(snapshot);
        lock (gate)
        {
            kept.Enqueue((snapshot, size));
            (Last, bytes) = (snapshot, bytes + size);
            while (kept.Count > Capacity || (bytes > maxBytes && kept.Count > 1))
                bytes -= kept.Dequeue().Bytes;
        }
    }

    /// <summary>The one of a number; null if it isn't kept, or hasn't come yet.</summary>
    public Snapshot? Find(long number)
    {
        lock (gate)
        {
            var place = kept.Count == 0 ? -1 : number - kept.Peek().Snapshot.Number;
            return place >= 0 && place < kept.Count ? kept.ElementAt((int)place).Snapshot : null;
        }
    }

    /// <summary>Those from a number on, as far as they are kept.</summary>
    public IReadOnlyList<Snapshot> From(long number)
    {
        lock (gate)
            return [.. kept.Select(one => one.Snapshot).SkipWhile(snapshot => snapshot.Number < number)];
    }
}
