using System.Runtime.CompilerServices;
using BenchmarkDotNet.Attributes;

namespace Coroutines.Benchmarks;

/// <summary>What a call of a child and its return cost, with the making of the child, which does nothing.</summary>
[MemoryDiagnoser]
public class CallBenchmarks
{
    private const int Coroutines = 100;
    private const int CallsEach = 100;
    private const int Calls = Coroutines * CallsEach;

    private readonly Scheduler scheduler = new(new NullPoller());
    private readonly Scheduler withDeadlines = new(new NullPoller());

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < Coroutines; i++)
        {
            scheduler.Spawn(Bodies.Calls(CallsEach));
            withDeadlines.Spawn(Bodies.CallsWithDeadline(CallsEach));
        }
    }

    [Benchmark(Baseline = true, Description = "Call + return", OperationsPerInvoke = Calls)]
    public void CallAndReturn() => scheduler.Turn();

    [Benchmark(Description = "Call + return, with a deadline", OperationsPerInvoke = Calls)]
    public void CallWithDeadline() => withDeadlines.Turn();

    [Benchmark(Description = "async ValueTask that doesn't wait", OperationsPerInvoke = Calls)]
    public async ValueTask AsyncCall()
    {
        for (var i = 0; i < Calls; i++)
            await Nothing();
    }

#pragma warning disable CS1998 // An async method that doesn't wait is what is measured.
    [MethodImpl(MethodImplOptions.NoInlining)]
    private static async ValueTask Nothing() { }
#pragma warning restore CS1998
}
