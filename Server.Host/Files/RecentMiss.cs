namespace Server.Host.Files;

/// <summary>A path that led to nothing.</summary>
internal sealed class RecentMiss
{
    private readonly byte[] buffer = new byte[RecentMisses.MaxPathBytes];
    private int length;

    /// <summary>The path as it was received.</summary>
    public ReadOnlySpan<byte> Path => buffer.AsSpan(0, length);

    /// <summary>Since when that is known: a timestamp of the clock.</summary>
    public long MissedAt { get; private set; }

    /// <summary>The turn in which it was last found that there still is nothing; null if there was none.</summary>
    public long? MissedIn { get; set; }

    /// <summary>Has it stand for another path.</summary>
    public void Put(ReadOnlySpan<byte> path, long missedAt)
    {
        path.CopyTo(buffer);
        (length, MissedAt, MissedIn) = (path.Length, missedAt, null);
    }
}
