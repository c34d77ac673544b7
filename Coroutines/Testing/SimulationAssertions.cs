namespace Coroutines.Testing;

/// <summary>What a test says about a whole simulation.</summary>
public static class SimulationAssertions
{
    private const int MaxNamed = 10;

    /// <summary>Nothing has leaked: every coroutine has ended, no deadline is watched, and no socket.</summary>
    /// <param name="simulation">The simulation; let it come to rest, or end, first.</param>
    /// <exception cref="ArgumentNullException"><paramref name="simulation"/> is null.</exception>
    /// <exception cref="AssertionFailedException">Something is left. The message names it.</exception>
    public static void ShouldHaveNothingLeft(this Simulation simulation)
    {
        ArgumentNullException.ThrowIfNull(simulation);
        var left = LeftIn(simulation.Scheduler).ToList();
        if (left.Count > 0)
            throw new AssertionFailedException($"Nothing should be left, but there is {string.Join(", ", left)}.");
    }

    private static IEnumerable<string> LeftIn(Scheduler scheduler)
    {
        var living = scheduler.Living().ToList();
        foreach (var coroutine in living.Take(MaxNamed))
            yield return coroutine.ToString();
        if (living.Count > MaxNamed)
            yield return $"{living.Count - MaxNamed} more coroutines";
        if (scheduler.Timers.Count > 0)
            yield return $"deadlines: {scheduler.Timers.Count} (the next {scheduler.NextDeadline})";
        // One that is stale has been left by whoever waited; the poller is told before it is asked next.
        foreach (var descriptor in scheduler.Watched.Where(one => one is not SocketSlot { IsStale: true }))
            yield return $"{descriptor} watched for {descriptor.Watched}";
    }
}
