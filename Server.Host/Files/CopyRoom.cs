namespace Server.Host.Files;

/// <summary>The room in memory for copies of files: those that the cache keeps, and those that it let go and whose answers are
/// under way, which a client can draw out for hours.</summary>
/// <remarks>May be used by all threads.</remarks>
/// <param name="capacityBytes">How much there is.</param>
internal sealed class CopyRoom(long capacityBytes)
{
    private long takenBytes;

    /// <summary>Whether that much is left now.</summary>
    public bool Has(long bytes) => bytes <= capacityBytes - Volatile.Read(ref takenBytes);

    /// <summary>Takes as much, if it is left.</summary>
    public bool TryTake(long bytes)
    {
        if (Interlocked.Add(ref takenBytes, bytes) <= capacityBytes)
            return true;
        GiveBack(bytes);
        return false;
    }

    public void GiveBack(long bytes) => Interlocked.Add(ref takenBytes, -bytes);
}
