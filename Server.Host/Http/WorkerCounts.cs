namespace Server.Host.Http;

/// <summary>What one worker has done so far.</summary>
/// <param name="Worker">What tells it from others; null if there are none.</param>
/// <param name="Counts">What it has done.</param>
internal sealed record WorkerCounts(string? Worker, ServerCounts Counts)
{
    /// <summary>Those of some workers, of whom none has done anything yet.</summary>
    /// <param name="workers">How many; 1 or more.</param>
    public static IReadOnlyList<WorkerCounts> Of(int workers) =>
        workers == 1
            ? [new(Worker: null, new())]
            : [.. Enumerable.Range(1, workers).Select(number => new WorkerCounts($"worker {number}", new()))];
}
