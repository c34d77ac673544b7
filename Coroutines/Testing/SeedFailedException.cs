namespace Coroutines.Testing;

/// <summary>A scenario failed in the order of one seed; <see cref="Exception.InnerException"/> is what it threw.</summary>
public sealed class SeedFailedException : Exception
{
    internal SeedFailedException(int seed, int passedBefore, Exception failure)
        : base(
            $"With seed {seed} ({passedBefore} others passed) it failed: {Legible.MessageOf(failure)}\n"
                + $"To run it again: Seeds.Replay({seed}, scenario) or new Simulation {{ Seed = {seed} }}.",
            failure
        ) => Seed = seed;

    /// <summary>The seed.</summary>
    public int Seed { get; }
}
