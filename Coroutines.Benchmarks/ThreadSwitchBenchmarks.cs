using BenchmarkDotNet.Attributes;

namespace Coroutines.Benchmarks;

/// <summary>What the same switch costs between threads: two of them hand each other the turn.</summary>
[MemoryDiagnoser]
public class ThreadSwitchBenchmarks
{
    private const int RoundTrips = 1_000;

    private readonly SemaphoreSlim ping = new(0);
    private readonly SemaphoreSlim pong = new(0);
    private Thread? partner;
    private volatile bool isStopping;

    [GlobalSetup]
    public void Setup()
    {
        partner = new Thread(Answer) { IsBackground = true };
        partner.Start();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        isStopping = true;
        ping.Release();
        partner!.Join();
    }

    [Benchmark(Description = "Thread: SemaphoreSlim", OperationsPerInvoke = 2 * RoundTrips)]
    public void ThreadSwitch()
    {
        for (var i = 0; i < RoundTrips; i++)
        {
            ping.Release();
            pong.Wait();
        }
    }

    private void Answer()
    {
        while (true)
        {
            ping.Wait();
            if (isStopping)
                return;
            pong.Release();
        }
    }
}
