using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;
using Coroutines.Diagnostics;

namespace Coroutines.Benchmarks;

/// <summary>What it costs to leave off in one place and go on in another: per switch.</summary>
/// <remarks>A turn resumes 1,000 coroutines, so that what it does once (reading the clock, polling) doesn't count.</remarks>
[MemoryDiagnoser]
public class ResumeBenchmarks
{
    private const int Coroutines = 1_000;
    private const int Turns = 10;
    private const int Switches = Coroutines * Turns;

    private readonly Scheduler scheduler = new(new NullPoller());
    private readonly Scheduler napping = new(new NullPoller());
    private readonly Scheduler watched = new(new NullPoller());
    private readonly Pump pump = new();
    private readonly IEnumerator<Wait>[] iterators = new IEnumerator<Wait>[Coroutines];
    private Watchdog? watchdog;
    private int calls;

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < Coroutines; i++)
        {
            scheduler.Spawn(Bodies.Pauses());
            napping.Spawn(Bodies.Naps());
            watched.Spawn(Bodies.Pauses());
            iterators[i] = Bodies.Pauses();
            _ = pump.Pauses();
        }
        watchdog = new Watchdog(watched);
    }

    [GlobalCleanup]
    public void Cleanup() => watchdog?.Dispose();

    [Benchmark(Description = "Direct call", OperationsPerInvoke = Switches)]
    public int DirectCall()
    {
        for (var i = 0; i < Switches; i++)
            CallNothing();
        return calls;
    }

    [Benchmark(Description = "Bare iterator: MoveNext", OperationsPerInvoke = Switches)]
    public int BareIterator()
    {
        var kinds = 0;
        for (var turn = 0; turn < Turns; turn++)
        {
            foreach (var iterator in iterators)
            {
                iterator.MoveNext();
                kinds += (int)iterator.Current.Kind;
            }
        }
        return kinds;
    }

    [Benchmark(Baseline = true, Description = "Coroutine: Pause", OperationsPerInvoke = Switches)]
    public void Pause()
    {
        for (var turn = 0; turn < Turns; turn++)
            scheduler.Turn();
    }

    [Benchmark(Description = "Coroutine: Sleep(0)", OperationsPerInvoke = Switches)]
    public void Nap()
    {
        for (var turn = 0; turn < Turns; turn++)
            napping.Turn();
    }

    [Benchmark(Description = "Coroutine: Pause, with a watchdog", OperationsPerInvoke = Switches)]
    public void Watched()
    {
        for (var turn = 0; turn < Turns; turn++)
            watched.Turn();
    }

    [Benchmark(Description = "async Task: await", OperationsPerInvoke = Switches)]
    public void AsyncSwitch()
    {
        for (var turn = 0; turn < Turns; turn++)
            pump.Turn();
    }

    [MethodImpl(MethodImplOptions.NoInlining)]
    private void CallNothing() => calls++;
}
