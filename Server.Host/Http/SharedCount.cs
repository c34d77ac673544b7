namespace Server.Host.Http;

/// <summary>How many there are of something, to all who share the count. Any thread may count.</summary>
internal sealed class SharedCount
{
    private int value;

    public int Value => Volatile.Read(ref value);

    /// <summary>One more, unless there are as many as there may be. False if there are.</summary>
    public bool TryIncrement(int limit)
    {
        for (var seen = Value; seen < limit; )
        {
            var former = Interlocked.CompareExchange(ref value, seen + 1, seen);
            if (former == seen)
                return true;
            seen = former; // somebody else was faster
        }
        return false;
    }

    /// <summary>One less.</summary>
    public void Decrement() => Interlocked.Decrement(ref value);
}
