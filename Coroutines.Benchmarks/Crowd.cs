using System.Diagnostics;
using System.Globalization;

namespace Coroutines.Benchmarks;

/// <summary>A million that sleep until the same moment: what each of them keeps, and what it takes to start and to wake
/// them.</summary>
/// <remarks>Time is processor time of the whole process, since tasks wake on all cores and the machine does other work.
/// The moment lies so far ahead that nobody wakes before all have been started and the heap has been measured.</remarks>
internal static class Crowd
{
    private const int Count = 1_000_000;

    private static readonly TimeSpan Sleep = TimeSpan.FromSeconds(20);

    /// <summary>Prints a line for each kind, of one run.</summary>
    public static void Print()
    {
        WriteLine($"Of {Count:N0} that sleep until the same moment, each");
        WriteLine($"  {"", -12}{"bytes kept", 12}{"ns to start", 12}{"ns to wake", 12}{"ms late, the last", 19}");
        Print("coroutine", Coroutines());
        Print("async Task", Tasks());
    }

    private static Cost Coroutines()
    {
        var left = Count;
        using var scheduler = new Scheduler();
        var moment = Deadline.In(Sleep, TimeProvider.System);
        return Measure(Start, scheduler.Run);

        void Start()
        {
            for (var i = 0; i < Count; i++)
                scheduler.Spawn(SleepOnce());
            scheduler.Turn(TimeSpan.Zero);
        }

        IEnumerator<Wait> SleepOnce()
        {
            yield return Wait.SleepUntil(moment);
            left--;
        }
    }

    private static Cost Tasks()
    {
        var left = Count;
        using var none = new ManualResetEventSlim();
        var started = Stopwatch.GetTimestamp();
        return Measure(Start, none.Wait);

        void Start()
        {
            for (var i = 0; i < Count; i++)
                _ = SleepOnce();
        }

        async Task SleepOnce()
        {
            await Task.Delay(Sleep - Stopwatch.GetElapsedTime(started));
            if (Interlocked.Decrement(ref left) == 0)
                none.Set();
        }
    }

    private static Cost Measure(Action start, Action awaitAll)
    {
        var before = GC.GetTotalMemory(forceFullCollection: true);
        var watch = Stopwatch.StartNew();
        var starting = ProcessorTimeOf(start);
        var kept = GC.GetTotalMemory(forceFullCollection: true) - before;
        if (watch.Elapsed > Sleep)
            throw new InvalidOperationException($"Starting took {watch.Elapsed}, longer than the sleep of {Sleep}.");
        var waking = ProcessorTimeOf(awaitAll);
        return new Cost(kept, starting, waking, watch.Elapsed - Sleep);
    }

    private static TimeSpan ProcessorTimeOf(Action action)
    {
        var before = Environment.CpuUsage.TotalTime;
        action();
        return Environment.CpuUsage.TotalTime - before;
    }

    private static void Print(string what, Cost cost) =>
        WriteLine(
            $"  {what, -12}{cost.KeptBytes / Count, 12}{cost.Starting.TotalNanoseconds / Count, 12:0}{cost.Waking.TotalNanoseconds / Count, 12:0}{cost.Late.TotalMilliseconds, 19:0}"
        );

    private static void WriteLine(FormattableString line) =>
        Console.WriteLine(line.ToString(CultureInfo.InvariantCulture));

    private readonly record struct Cost(long KeptBytes, TimeSpan Starting, TimeSpan Waking, TimeSpan Late);
}
