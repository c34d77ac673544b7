namespace Server.Host.Files;

/// <summary>Something that is fetched from the disk for a path.</summary>
/// <remarks>It belongs to the thread of its cache, but for its work, which may be done on any.</remarks>
internal sealed class ColdFile
{
    private bool isThere;
    private volatile bool hasEnded;

    /// <param name="key">Under what it is asked for.</param>
    /// <param name="part">What is fetched.</param>
    /// <param name="fetch">How; it doesn't throw. Its result: whether there may be anything.</param>
    /// <param name="begunAt">A timestamp from before it is done.</param>
    public ColdFile(ReadOnlySpan<byte> key, ColdPart part, Func<bool> fetch, long begunAt)
    {
        (Key, Part, BegunAt) = (key.ToArray(), part, begunAt);
        Work = new("fetch", () => Run(fetch)) { WaitsForDisk = true };
    }

    public byte[] Key { get; }

    public ColdPart Part { get; }

    /// <summary>What is to be done.</summary>
    public SlowWork Work { get; }

    public long BegunAt { get; }

    public bool HasEnded => hasEnded;

    /// <summary>Whether it has ended, and there was nothing.</summary>
    public bool FoundNothing => hasEnded && !isThere;

    private void Run(Func<bool> fetch)
    {
        isThere = fetch();
        hasEnded = true;
    }
}
