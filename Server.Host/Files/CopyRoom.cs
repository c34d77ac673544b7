namespace Server.Host.Files;

/// <summary>The room in memory for copies of files, as they are and compressed: those that the cache keeps, and those that it
/// let go and whose answers are under way, which a client can draw out for hours.</summary>
/// <remarks>May be used by all threads.</remarks>
/// <param name="capacityBytes">How much there is.</param>
internal sealed class CopyRoom(long capacityBytes)
{
    private long takenBytes;

    /// <summary>Whether that much is left now.</summary>
    public bool Has(long bytes) => bytes <= capacityBytes - Volatile.Read(ref takenBytes);

    /// <summary>Takes as much, whether it is left or not.</summary>
    public TakenRoom Take(long bytes)
    {
        Interlocked.Add(ref takenBytes, bytes);
        return new(this, bytes);
    }

    /// <summary>Takes as much, if it is left; else null.</summary>
    public TakenRoom? TryTake(long bytes)
    {
        var taken = Take(bytes);
        if (Has(0))
            return taken;
        taken.Dispose();
        return null;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref takenBytes, -bytes);
}
