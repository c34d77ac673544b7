using System.Runtime.CompilerServices;

namespace Coroutines.Benchmarks;

/// <summary>The least that resumes async methods on one thread: what the scheduler is to coroutines.</summary>
/// <remarks><c>await pump</c> is what <see cref="Wait.Pause"/> is: the others first, then on.</remarks>
internal sealed class Pump : ICriticalNotifyCompletion
{
    private readonly Queue<Action> ready = new();

    public bool IsCompleted => false;

    public Pump GetAwaiter() => this;

    public void GetResult() { }

    public void OnCompleted(Action continuation) => ready.Enqueue(continuation);

    public void UnsafeOnCompleted(Action continuation) => ready.Enqueue(continuation);

    /// <summary>Resumes everything that was ready at the call, once.</summary>
    public void Turn()
    {
        for (var batch = ready.Count; batch > 0; batch--)
            ready.Dequeue()();
    }

    /// <summary>The counterpart of <see cref="Bodies.Pauses"/>.</summary>
    public async Task Pauses()
    {
        while (true)
            await this;
    }
}
