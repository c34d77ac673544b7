namespace Coroutines.Sync;

/// <summary>Where one stands who waits for the end of a task.</summary>
internal sealed class TaskPlace : IPlace, IDisposable
{
    private readonly TaskWait wait;
    private readonly IDisposable posts;
    private readonly CancellationTokenSource leaving = new();
    private IWaiter? waiter;

    public TaskPlace(TaskWait wait, Task task, IWaiter waiter)
    {
        (this.wait, this.waiter) = (wait, waiter);
        var scheduler = (Scheduler)waiter.Coroutine!.Home.Runner;
        posts = scheduler.ExpectPosts();
        _ = task.ContinueWith(
            _ => scheduler.Post(Wake),
            leaving.Token,
            TaskContinuationOptions.ExecuteSynchronously,
            TaskScheduler.Default
        );
    }

    public void Leave(IWaiter waiter)
    {
        leaving.Cancel();
        Dispose();
    }

    public override string ToString() => wait.ToString();

    // It may have left between the post and this.
    private void Wake()
    {
        if (waiter is not { } woken)
            return;
        Dispose();
        woken.Wake(wait.End());
    }

    public void Dispose()
    {
        waiter = null;
        posts.Dispose();
        leaving.Dispose();
    }
}
