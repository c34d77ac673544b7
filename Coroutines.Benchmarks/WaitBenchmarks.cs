using BenchmarkDotNet.Attributes;

namespace Coroutines.Benchmarks;

/// <summary>What a wait on a socket costs the scheduler, without and with a deadline that is never reached: suspend, note
/// the interest, arm; be found ready, disarm, resume.</summary>
[MemoryDiagnoser]
public class WaitBenchmarks
{
    private const int Coroutines = 1_000;

    private readonly Scheduler scheduler = new(new ReadyPoller());
    private readonly Scheduler withDeadlines = new(new ReadyPoller());
    private readonly TimerQueue timers = new(now: 0);
    private readonly int[] armed = new int[Coroutines];
    private readonly Silent owner = new();

    [GlobalSetup]
    public void Setup()
    {
        for (var i = 0; i < Coroutines; i++)
        {
            scheduler.Spawn(new FakeSocket(i).Reads(Deadline.None));
            withDeadlines.Spawn(new FakeSocket(i).Reads(TimeSpan.FromSeconds(15)));
        }
    }

    [Benchmark(Baseline = true, Description = "Wait on a socket", OperationsPerInvoke = Coroutines)]
    public void Wait() => scheduler.Turn();

    [Benchmark(Description = "Wait on a socket, with a deadline", OperationsPerInvoke = Coroutines)]
    public void WaitWithDeadline() => withDeadlines.Turn();

    [Benchmark(Description = "Timer: arm + cancel", OperationsPerInvoke = Coroutines)]
    public void ArmAndCancel()
    {
        for (var i = 0; i < armed.Length; i++)
            armed[i] = timers.Arm(15_000 + i, owner);
        foreach (var timer in armed)
            timers.Cancel(timer);
    }

    private sealed class Silent : ITimed
    {
        public void Expire() { }
    }
}
