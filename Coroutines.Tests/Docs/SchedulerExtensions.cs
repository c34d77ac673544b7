namespace Coroutines.Tests.Docs;

/// <summary>Runs a scheduler over real sockets without ever running for ever.</summary>
internal static class SchedulerExtensions
{
    private const int MaxTurns = 10_000;

    // Longer than anything on the loopback address takes; reached only by a test that fails.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    public static void RunUntil(this Scheduler scheduler, Func<bool> isDone)
    {
        for (var turn = 0; !isDone(); turn++)
        {
            turn.ShouldBeLessThan(MaxTurns, $"It never came to its end ({scheduler}).");
            scheduler.Turn(Patience);
        }
    }
}
