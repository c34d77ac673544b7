namespace Server.Host.Files;

/// <summary>Something that is fetched from the disk for a path.</summary>
/// <remarks>It belongs to the thread of its cache, but for its work, which may be done on any.</remarks>
internal sealed class ColdFile
{
    private volatile bool hasEnded;

    /// <param name="key">Under what it is asked for.</param>
    /// <param name="part">What is fetched.</param>
    /// <param name="fetch">How; it doesn't throw.</param>
    public ColdFile(ReadOnlySpan<byte> key, ColdPart part, Action fetch)
    {
        (Key, Part) = (key.ToArray(), part);
        Work = new("fetch", () => Run(fetch)) { WaitsForDisk = true };
    }

    public byte[] Key { get; }

    public ColdPart Part { get; }

    /// <summary>What is to be done.</summary>
    public SlowWork Work { get; }

    public bool HasEnded => hasEnded;

    private void Run(Action fetch)
    {
        fetch();
        hasEnded = true;
    }
}
