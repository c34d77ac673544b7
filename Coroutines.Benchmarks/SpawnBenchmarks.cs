using BenchmarkDotNet.Attributes;

namespace Coroutines.Benchmarks;

/// <summary>What it costs to start something that ends at once: a coroutine, an async method, a thread.</summary>
[MemoryDiagnoser]
public class SpawnBenchmarks
{
    private const int Coroutines = 1_000;
    private const int Threads = 10;

    private readonly Scheduler scheduler = new(new NullPoller());
    private readonly Pump pump = new();

    [Benchmark(Baseline = true, Description = "Coroutine: spawn + end", OperationsPerInvoke = Coroutines)]
    public void Spawn()
    {
        for (var i = 0; i < Coroutines; i++)
            scheduler.Spawn(Bodies.Nothing());
        scheduler.Turn();
    }

    [Benchmark(Description = "async Task: start + end", OperationsPerInvoke = Coroutines)]
    public void StartAsync()
    {
        for (var i = 0; i < Coroutines; i++)
            _ = PauseOnce();
        pump.Turn();
    }

    [Benchmark(Description = "Thread: start + join", OperationsPerInvoke = Threads)]
    public void StartThread()
    {
        for (var i = 0; i < Threads; i++)
        {
            var thread = new Thread(static () => { });
            thread.Start();
            thread.Join();
        }
    }

    // A coroutine first runs in the turn after its spawn; so does this.
    private async Task PauseOnce() => await pump;
}
