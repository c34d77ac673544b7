using System.Diagnostics;

namespace Coroutines.Sync;

/// <summary>A few threads for what blocks, or takes long: a coroutine hands work over, and waits for its end.</summary>
/// <remarks>
/// <para>Work begins in the order in which it was handed over, on the first thread that is free. Threads are started as they
/// are needed, never more than the limit, and then kept. A scheduler that waits for work is no deadlock.</para>
/// <para>Nothing of it is lost. Who gives up waiting, by a deadline or a cancel, leaves the work to go on; its result stays
/// in the <see cref="Work{T}"/> and can be waited for again. A failure that comes while nobody waits, or that nobody saw
/// who did, is told to <see cref="Failed"/>, besides.</para>
/// <para>It belongs to one scheduler, on whose thread it is used.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Workers : IDescribed, IDisposable
{
    /// <summary>How many threads there are at the most, unless one says otherwise: 4.</summary>
    public const int DefaultMaxThreads = 4;

    /// <summary>How many threads one can ask for at the most: 1,024.</summary>
    public const int MaxMaxThreads = 1_024;

    private readonly object gate = new();
    private readonly Queue<Work> waiting = new();
    private readonly Scheduler scheduler;
    private readonly int maxThreads;
    private readonly Action<Action, string> startThread;
    private int threads;
    private int idle;
    private bool isDisposed;

    /// <summary>Makes workers, of which none has been started yet.</summary>
    /// <param name="scheduler">Whose coroutines have work for them.</param>
    /// <param name="maxThreads">How many threads work at the same time: 1 to 1,024. By default 4.</param>
    /// <exception cref="ArgumentNullException"><paramref name="scheduler"/> is null.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="maxThreads"/> is out of range.</exception>
    public Workers(Scheduler scheduler, int maxThreads = DefaultMaxThreads)
        : this(scheduler, maxThreads, StartThread) { }

    internal Workers(Scheduler scheduler, int maxThreads, Action<Action, string> startThread)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (maxThreads is < 1 or > MaxMaxThreads)
            throw new ArgumentOutOfRangeException(
                nameof(maxThreads),
                maxThreads,
                $"MaxThreads must be 1 to {MaxMaxThreads}, but was {maxThreads}."
            );
        (this.scheduler, this.maxThreads, this.startThread) = (scheduler, maxThreads, startThread);
    }

    /// <summary>Work has failed while nobody waited for it, or those who did were all unwound before they saw it. Without a handler, the turn throws the failure at its end.</summary>
    public event Action<Work, Exception>? Failed;

    /// <summary>Hands work over. Never blocks: what no thread is free for waits in a queue.</summary>
    /// <param name="work">What is to be done. It runs on another thread, and must not touch what coroutines share.</param>
    /// <param name="name">A name for people.</param>
    /// <exception cref="ArgumentNullException"><paramref name="work"/> is null.</exception>
    /// <exception cref="ObjectDisposedException">The workers were dismissed.</exception>
    /// <exception cref="OutOfMemoryException">The system has no thread left, and not one was started before.</exception>
    public Work<T> Start<T>(Func<T> work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        var started = new Work<T>(this, scheduler, work, name);
        Enqueue(started);
        return started;
    }

    /// <inheritdoc cref="Start{T}"/>
    public Work Start(Action work, string? name = null)
    {
        ArgumentNullException.ThrowIfNull(work);
        return Start<object?>(
            () =>
            {
                work();
                return null;
            },
            name
        );
    }

    /// <summary>Dismisses the workers. Work that has begun goes on, and tells its end; work that hasn't is cancelled.
    /// Disposing again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Dispose()
    {
        ((IRunner)scheduler).VerifyThread(nameof(Dispose), this);
        Work[] left;
        lock (gate)
        {
            isDisposed = true;
            left = [.. waiting];
            waiting.Clear();
            Monitor.PulseAll(gate);
        }
        foreach (var work in left)
            work.Cancel();
    }

    /// <inheritdoc/>
    public override string ToString()
    {
        lock (gate)
            return isDisposed
                ? $"workers: dismissed, {threads} of {maxThreads} busy"
                : $"workers: {threads - idle} of {maxThreads} busy, {waiting.Count} waiting";
    }

    internal void Report(Work work, Exception failure) => scheduler.Report(Failed, work, failure);

    private void Enqueue(Work work)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(isDisposed, this);
            if (idle > waiting.Count)
                Monitor.Pulse(gate);
            else if (threads < maxThreads)
                StartThread();
            waiting.Enqueue(work); // last, since there may be no thread to do it
            work.Promise = scheduler.ExpectPosts();
        }
    }

    private static void StartThread(Action run, string name) =>
        new Thread(run.Invoke) { IsBackground = true, Name = name }.Start();

    private void StartThread()
    {
        try
        {
            startThread(Work, $"worker {threads + 1}");
            threads++;
        }
        catch (OutOfMemoryException) when (threads > 0)
        {
            // The system has no thread left. Those that there are will do it.
        }
    }

    private void Work()
    {
        while (TryTake(out var work))
            work.Run();
    }

    private bool TryTake(out Work work)
    {
        lock (gate)
        {
            idle++;
            while (waiting.Count == 0 && !isDisposed)
                Monitor.Wait(gate);
            idle--;
            if (waiting.TryDequeue(out work!))
                return true;
            threads--;
            return false;
        }
    }
}
