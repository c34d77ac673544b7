using System.Globalization;

namespace Coroutines.Benchmarks;

/// <summary>How many bytes of the heap something takes that has been started and waits.</summary>
internal static class Memory
{
    private const int Count = 100_000;
    private const int Runs = 5;

    /// <summary>Prints the median of five runs.</summary>
    public static void Print()
    {
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"Bytes per waiting ..., of {Count:N0}"));
        Print("coroutine that sleeps", SleepingCoroutines);
        Print("  of it: the iterator", Iterators);
        Print("coroutine that sleeps 8 calls deep", DeepCoroutines);
        Print("async Task that awaits", AsyncMethods);
        Print("async Task that sleeps (Task.Delay)", SleepingTasks);
    }

    private static void Print(string what, Func<object> make)
    {
        var sizes = new double[Runs];
        for (var run = 0; run < Runs; run++)
            sizes[run] = BytesKeptBy(make) / (double)Count;
        Array.Sort(sizes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"  {what, -38}{sizes[Runs / 2], 8:0.0}"));
    }

    private static long BytesKeptBy(Func<object> make)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var made = make();
        var after = GC.GetTotalMemory(forceFullCollection: true);
        GC.KeepAlive(made);
        (made as IDisposable)?.Dispose();
        return after - before;
    }

    private static Scheduler SleepingCoroutines() => Spawn(Bodies.Sleeps);

    private static Scheduler DeepCoroutines() => Spawn(() => Bodies.SleepsAt(8));

    private static Scheduler Spawn(Func<IEnumerator<Wait>> make)
    {
        var scheduler = new Scheduler(new NullPoller());
        for (var i = 0; i < Count; i++)
            scheduler.Spawn(make());
        scheduler.Turn();
        return scheduler;
    }

    private static IEnumerator<Wait>[] Iterators()
    {
        var iterators = new IEnumerator<Wait>[Count];
        for (var i = 0; i < Count; i++)
        {
            iterators[i] = Bodies.Sleeps();
            iterators[i].MoveNext();
        }
        return iterators;
    }

    private static Pump AsyncMethods()
    {
        var pump = new Pump();
        for (var i = 0; i < Count; i++)
            _ = pump.Pauses();
        return pump;
    }

    private static Task[] SleepingTasks()
    {
        var tasks = new Task[Count];
        for (var i = 0; i < Count; i++)
            tasks[i] = Sleep();
        return tasks;
    }

    private static async Task Sleep() => await Task.Delay(TimeSpan.FromMinutes(10));
}
