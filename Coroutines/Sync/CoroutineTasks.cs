namespace Coroutines.Sync;

/// <summary>Tasks as waits of coroutines, and coroutines as tasks of others.</summary>
public static class CoroutineTasks
{
    /// <summary>Waits for the end of a task. If it fails, the coroutine fails with that, unwound by <c>Dispose</c>; if it is
    /// cancelled, <see cref="Wakeup.Cancelled"/> tells.</summary>
    /// <param name="task">A task, which may end on any thread. It is neither started nor cancelled by this.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the task goes on. By default
    /// never.</param>
    public static Wait Join(this Task task, Deadline deadline = default) => On(task, null, isTried: false, deadline);

    /// <summary>Waits for the result of a task: <see cref="Wakeup.Result{T}"/>.</summary>
    /// <inheritdoc cref="Join(Task, Deadline)"/>
    public static Wait Join<T>(this Task<T> task, Deadline deadline = default) =>
        On(task, () => task.Result, isTried: false, deadline);

    /// <inheritdoc cref="Join(Task, Deadline)"/>
    /// <param name="task">A task, which may end on any thread. It is used up by this, as by an <c>await</c>.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the task goes on. By default
    /// never.</param>
    public static Wait Join(this ValueTask task, Deadline deadline = default) => task.AsTask().Join(deadline);

    /// <inheritdoc cref="Join{T}(Task{T}, Deadline)"/>
    /// <param name="task">A task, which may end on any thread. It is used up by this, as by an <c>await</c>.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the task goes on. By default
    /// never.</param>
    public static Wait Join<T>(this ValueTask<T> task, Deadline deadline = default) => task.AsTask().Join(deadline);

    /// <summary>Waits for the end of a task and lets the coroutine see how it ended: <see cref="Wakeup.Failure"/>.</summary>
    /// <inheritdoc cref="Join(Task, Deadline)"/>
    public static Wait TryJoin(this Task task, Deadline deadline = default) => On(task, null, isTried: true, deadline);

    /// <inheritdoc cref="TryJoin(Task, Deadline)"/>
    public static Wait TryJoin<T>(this Task<T> task, Deadline deadline = default) =>
        On(task, () => task.Result, isTried: true, deadline);

    /// <inheritdoc cref="TryJoin(Task, Deadline)"/>
    /// <param name="task">A task, which may end on any thread. It is used up by this, as by an <c>await</c>.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the task goes on. By default
    /// never.</param>
    public static Wait TryJoin(this ValueTask task, Deadline deadline = default) => task.AsTask().TryJoin(deadline);

    /// <inheritdoc cref="TryJoin{T}(Task{T}, Deadline)"/>
    /// <param name="task">A task, which may end on any thread. It is used up by this, as by an <c>await</c>.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the task goes on. By default
    /// never.</param>
    public static Wait TryJoin<T>(this ValueTask<T> task, Deadline deadline = default) =>
        task.AsTask().TryJoin(deadline);

    /// <summary>The end of a coroutine as a task: it completes with what that returned, fails with what that failed with,
    /// and is cancelled if that was cancelled. Called on the scheduler's thread; the task may be awaited on any.</summary>
    /// <remarks>The task counts as a joiner: a failure is told to it, and not to <see cref="Scheduler.Failed"/>. What awaits
    /// it goes on on another thread, never within the turn.</remarks>
    /// <param name="coroutine">A coroutine of a scheduler; it may have ended.</param>
    /// <exception cref="ArgumentNullException"><paramref name="coroutine"/> is null.</exception>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public static Task<object?> AsTask(this Coroutine coroutine)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        coroutine.Home.Runner.VerifyThread(nameof(AsTask), coroutine);
        var joiner = new TaskJoiner();
        joiner.Join(coroutine);
        return joiner.Task;
    }

    /// <summary>Spawns a coroutine from any thread, and tells its end as a task: see <see cref="AsTask"/>.</summary>
    /// <remarks>It belongs to the scheduler itself. If that runs no more turns, the task never ends.</remarks>
    /// <param name="scheduler">Whose coroutine it is to be.</param>
    /// <param name="body">An iterator that hasn't been started.</param>
    /// <param name="name">A name for people.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scheduler"/> or <paramref name="body"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The scheduler was disposed of.</exception>
    public static Task<object?> RunAsync(this Scheduler scheduler, IEnumerator<Wait> body, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentNullException.ThrowIfNull(body);
        ObjectDisposedException.ThrowIf(scheduler.IsDisposed, scheduler);
        var joiner = new TaskJoiner();
        scheduler.Post(() => joiner.Join(scheduler.Spawn(body, name)));
        return joiner.Task;
    }

    private static Wait On(Task task, Func<object?>? result, bool isTried, Deadline deadline)
    {
        ArgumentNullException.ThrowIfNull(task);
        return Wait.On(new TaskWait(task, result, isTried), deadline);
    }
}
