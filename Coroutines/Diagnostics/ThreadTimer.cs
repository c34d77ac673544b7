using Coroutines.Polling;

namespace Coroutines.Diagnostics;

/// <summary>A timer with a thread of its own, started at once.</summary>
/// <remarks>The runtime's timers run on its pool, which may be busy or starved when something goes wrong, and which starts
/// threads when it pleases: out of descriptors that isn't possible any more.</remarks>
internal sealed class ThreadTimer : ITimer
{
    private const long Never = long.MaxValue;

    private readonly object gate = new();
    private readonly Action callback;
    private long due = Never; // in ticks of the system's monotonic clock
    private bool isDisposed;

    public ThreadTimer(Action callback, string name)
    {
        this.callback = callback;
        new Thread(Run) { Name = name, IsBackground = true }.Start();
    }

    private static long Now => Deadline.Now(TimeProvider.System).Ticks;

    /// <summary>Sets when it is called next; it doesn't repeat.</summary>
    public bool Change(TimeSpan dueTime, TimeSpan period)
    {
        lock (gate)
        {
            due = dueTime == Timeout.InfiniteTimeSpan ? Never : Now + dueTime.Ticks;
            Monitor.Pulse(gate);
            return !isDisposed;
        }
    }

    public void Dispose()
    {
        lock (gate)
        {
            isDisposed = true;
            Monitor.Pulse(gate);
        }
    }

    public ValueTask DisposeAsync()
    {
        Dispose();
        return ValueTask.CompletedTask;
    }

    private void Run()
    {
        while (WaitUntilDue())
            callback();
    }

    private bool WaitUntilDue()
    {
        lock (gate)
        {
            while (!isDisposed && Left() is var left && left != TimeSpan.Zero)
                Monitor.Wait(gate, left);
            due = Never;
            return !isDisposed;
        }
    }

    // Rounded up, or it would be called a little early, again and again.
    private TimeSpan Left() =>
        due == Never
            ? Timeout.InfiniteTimeSpan
            : TimeSpan.FromMilliseconds(Milliseconds.RoundUp(Math.Max(0, due - Now)));
}
