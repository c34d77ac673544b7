namespace Server.Host.Http;

/// <summary>How many there are of something, to all who share the count. Any thread may count.</summary>
internal sealed class SharedCount
{
    private int value;

    public int Value => Volatile.Read(ref value);

    /// <summary>One more. Returns how many there are now, that one included.</summary>
    public int Increment() => Interlocked.Increment(ref value);

    /// <summary>One less.</summary>
    public void Decrement() => Interlocked.Decrement(ref value);
}
