namespace Coroutines.Exploring;

/// <summary>How far an exploration goes. One that would go further fails: none is ever cut short.</summary>
public sealed record ExplorationLimits
{
    /// <summary>How many interleavings there may be. By default 100,000: some seconds.</summary>
    public int Interleavings { get; init; } = 100_000;

    /// <summary>How many steps a run may take. By default 1,000.</summary>
    public int Steps { get; init; } = 1_000;
}
