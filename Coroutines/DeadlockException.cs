namespace Coroutines;

/// <summary>Nothing can run any more: coroutines wait, and nothing that could wake one is left. No socket is watched, no
/// deadline is set, and nobody is expected to post.</summary>
/// <remarks>Thrown by a poll without a limit, which would never end. The scheduler can go on, should something be spawned,
/// cancelled or posted. Who posts from another thread says so by <see cref="Scheduler.ExpectPosts"/>.</remarks>
public sealed class DeadlockException : InvalidOperationException
{
    internal DeadlockException(IReadOnlyList<Coroutine> waiting)
        : base(
            "The scheduler would wait for ever: no socket is watched, no deadline is set, and no post is expected. "
                + $"There wait:{string.Concat(waiting.Select(one => $"{Environment.NewLine}  {one}"))}"
        ) => Waiting = waiting;

    /// <summary>The coroutines that wait, each with what it waits for.</summary>
    public IReadOnlyList<Coroutine> Waiting { get; }
}
