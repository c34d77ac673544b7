namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What a load was answered.</summary>
/// <param name="Requests">How many requests.</param>
/// <param name="Bytes">How many bytes came, heads and answers that were cut off at the end included.</param>
internal readonly record struct Answered(long Requests, long Bytes)
{
    /// <summary>How much of some work that is: requests, or megabytes.</summary>
    public double UnitsOf(Work work) => work.IsLarge ? Bytes / 1e6 : Requests;
}
