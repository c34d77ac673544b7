namespace Coroutines.Sync;

/// <summary>A task whose end a coroutine waits for.</summary>
/// <remarks>The task tells its end on a thread of its own, which posts; until then a post is expected. A waiter that has
/// left takes its continuation back, so a task that lives long keeps nothing of it.</remarks>
internal sealed class TaskWait(Task task, Func<object?>? result, bool isTried) : IAwaited
{
    public WaitKind Kind => WaitKind.Task;

    public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        var hasEnded = task.IsCompleted; // asked once: it may end between two questions
        outcome = hasEnded ? End() : default;
        return hasEnded ? null : new TaskPlace(this, task, waiter);
    }

    /// <summary>How the task ended.</summary>
    public Outcome End()
    {
        if (task.IsCanceled)
            return new Outcome(WakeupReason.Cancelled);
        if (task.Exception is { } failure)
            return new Outcome(
                WakeupReason.Failed | WakeupReason.Unseen | (isTried ? WakeupReason.None : WakeupReason.Thrown),
                failure.InnerExceptions is [var only] ? only : failure
            );
        return result is null ? default : new Outcome(WakeupReason.Returned, result());
    }

    public override string ToString() => $"task {task.Id}";
}
