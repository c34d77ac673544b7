namespace Coroutines.Tests.Docs;

/// <summary>Runs a scheduler over real sockets without ever running for ever.</summary>
internal static class SchedulerExtensions
{
    private const int MaxTurns = 1_000;

    // A turn polls last: the one in which all is done would otherwise wait for what nobody sends.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(10);

    public static void RunUntil(this Scheduler scheduler, Func<bool> isDone)
    {
        for (var turn = 0; !isDone(); turn++)
        {
            turn.ShouldBeLessThan(MaxTurns, $"It never came to its end ({scheduler}).");
            scheduler.Turn(Patience);
        }
    }
}
