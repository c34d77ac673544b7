namespace Coroutines.Benchmarks.SideBySide;

/// <summary>How long is measured.</summary>
/// <param name="Rounds">How many rounds count.</param>
/// <param name="Duration">How long each server is under load in each.</param>
internal readonly record struct Plan(int Rounds, TimeSpan Duration)
{
    /// <summary>How long a server is under load before anything counts: until what is hot has been compiled.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);
}
