namespace Coroutines.Sync;

/// <summary>A joiner outside of all coroutines, which completes a task.</summary>
internal sealed class TaskJoiner : IWaiter
{
    // What awaits the task must not run within the turn: it could block, or call the scheduler.
    private readonly TaskCompletionSource<object?> source = new(TaskCreationOptions.RunContinuationsAsynchronously);

    public Coroutine? Coroutine => null;

    public Task<object?> Task => source.Task;

    public void Join(Coroutine coroutine)
    {
        if (((IAwaited)coroutine).Enlist(this, Wait.TryJoin(coroutine), out var outcome) is null)
            Wake(outcome);
    }

    public void Wake(in Outcome outcome)
    {
        if ((outcome.Reason & WakeupReason.Cancelled) != 0)
            source.SetCanceled();
        else if ((outcome.Reason & WakeupReason.Failed) != 0)
            source.SetException(outcome.Failure!);
        else
            source.SetResult(outcome.Subject);
    }
}
