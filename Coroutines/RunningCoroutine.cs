namespace Coroutines;

/// <summary>Which coroutine runs on a thread. What belongs to a thread takes a call to find, so a scheduler looks for this
/// once a turn.</summary>
internal sealed class RunningCoroutine
{
    [ThreadStatic]
    private static RunningCoroutine? ofThisThread;

    public static RunningCoroutine OfThisThread => ofThisThread ??= new();

    public Coroutine? Value { get; set; }

    /// <summary>How many spawns into cancelled scopes are under way: each runs its coroutine at once, which may spawn.
    /// </summary>
    public int CancelledSpawns { get; set; }
}
