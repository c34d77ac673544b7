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

    private readonly Slot[] slots = new Slot[Slots];

    /// <summary>Whether a path led to nothing a moment ago.</summary>
    public bool Contains(ReadOnlySpan<byte> path)
    {
        ref var slot = ref SlotOf(path);
        return path.SequenceEqual(slot.Path) && clock.GetElapsedTime(slot.MissedAt) < freshness;
    }

    /// <summary>Remembers that a path leads to nothing.</summary>
    /// <param name="path">The path.</param>
    /// <param name="missedAt">Since when that is known: a timestamp of the clock.</param>
    public void Add(ReadOnlySpan<byte> path, long missedAt)
    {
        if (path.Length > MaxPathBytes)
            return;
        ref var slot = ref SlotOf(path);
        slot.Put(path, missedAt);
    }

    private ref Slot SlotOf(ReadOnlySpan<byte> path) => ref slots[(uint)Paths.GetHashCode(path) % Slots];

    private struct Slot
    {
        private byte[]? buffer;
        private int length;

        public long MissedAt { get; private set; }

        public readonly ReadOnlySpan<byte> Path => buffer.AsSpan(0, length);

        public void Put(ReadOnlySpan<byte> path, long missedAt)
        {
            buffer ??= new byte[MaxPathBytes];
            path.CopyTo(buffer);
            (length, MissedAt) = (path.Length, missedAt);
        }
    }
}
