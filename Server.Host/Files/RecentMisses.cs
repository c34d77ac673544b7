namespace Server.Host.Files;

/// <summary>The paths that led to nothing lately: a few, in a table of fixed size, so that nobody fills the memory with
/// them.</summary>
/// <remarks>A path takes the place of another that has the same slot. Allocates nothing but a buffer for each slot, once.
/// Belongs to one thread.</remarks>
/// <param name="freshness">How long a path is remembered.</param>
/// <param name="clock">Tells how long that was ago.</param>
internal sealed class RecentMisses(TimeSpan freshness, TimeProvider clock)
{
    /// <summary>Longer paths aren't remembered.</summary>
    public const int MaxPathBytes = 120;

    private const int Slots = 256;

    private static readonly RawPathComparer Paths = new();

    private readonly RecentMiss?[] slots = new RecentMiss?[Slots];

    /// <summary>What is remembered of a path that led to nothing a moment ago; null if nothing.</summary>
    public RecentMiss? Find(ReadOnlySpan<byte> path) =>
        SlotOf(path) is { } miss && path.SequenceEqual(miss.Path) && clock.GetElapsedTime(miss.MissedAt) < freshness
            ? miss
            : null;

    /// <summary>Remembers that a path leads to nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="missedAt">Since when that is known: a timestamp of the clock.</param>
    public void Add(ReadOnlySpan<byte> path, long missedAt)
    {
        if (path.Length > MaxPathBytes)
            return;
        (SlotOf(path) ??= new()).Put(path, missedAt);
    }

    private ref RecentMiss? SlotOf(ReadOnlySpan<byte> path) => ref slots[(uint)Paths.GetHashCode(path) % Slots];
}
