using BenchmarkDotNet.Attributes;

namespace Coroutines.Benchmarks;

/// <summary>What a resume costs in a child that was called from a child, and so on: the same at any depth. Nested
/// iterators pay for each frame.</summary>
[MemoryDiagnoser]
public class DepthBenchmarks
{
    private const int Coroutines = 1_000;

    private readonly Scheduler scheduler = new(new NullPoller());
    private readonly Scheduler nested = new(new NullPoller());

    [Params(1, 8, 64)]
    public int Depth { get; set; }

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < Coroutines; i++)
        {
            scheduler.Spawn(Bodies.PausesAt(Depth));
            nested.Spawn(Bodies.NestedPausesAt(Depth));
        }
    }

    [Benchmark(Baseline = true, Description = "Resume at depth", OperationsPerInvoke = Coroutines)]
    public void Resume() => scheduler.Turn();

    [Benchmark(Description = "Nested iterators", OperationsPerInvoke = Coroutines)]
    public void ResumeNested() => nested.Turn();
}
