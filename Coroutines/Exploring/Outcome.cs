namespace Coroutines.Exploring;

/// <summary>What some interleavings have in common: how they end.</summary>
public sealed class Outcome
{
    internal Outcome(IReadOnlyList<string> parts, int count, Witness witness) =>
        (Parts, Count, Witness) = (parts, count, witness);

    /// <summary>What it is called: its parts, with a semicolon between them.</summary>
    public string Name => string.Join("; ", Parts);

    /// <summary>All that happened of what must not; or, if nothing did, the name of the orderly outcome.</summary>
    public IReadOnlyList<string> Parts { get; }

    /// <summary>How many interleavings end so.</summary>
    public int Count { get; }

    /// <summary>The shortest of them; among those of the same length the first.</summary>
    public Witness Witness { get; }

    /// <inheritdoc/>
    public override string ToString() => $"{Count} x {Name}";
}
