using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Coroutines.Sync;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Tasks, work for other threads, signals.</summary>
public sealed class OutsideSamples
{
    [Test]
    public void A_task_is_waited_for()
    {
        using var scheduler = new Scheduler();
        var age = scheduler.Spawn(Age(Task.FromResult(DateTime.UnixEpoch)));
        scheduler.Run();
        age.Result.ShouldBe(DateTime.UnixEpoch.AddYears(1).Year);
    }

    [Test]
    public void A_file_is_read_by_another_thread()
    {
        using var scheduler = new Scheduler();
        using var workers = new Workers(scheduler);
        var path = Path.GetTempFileName();
        File.WriteAllText(path, "one\ntwo\n");
        var lines = scheduler.Spawn(CountLines(workers, path));
        scheduler.Run();
        lines.Result.ShouldBe(2);
        File.Delete(path);
    }

    [Test]
    [Platform("Linux")]
    [UnsupportedOSPlatform("windows")]
    public void A_signal_stops_the_server()
    {
        using var scheduler = new Scheduler();
        using var signals = new Signals(scheduler, PosixSignal.SIGWINCH);
        var served = scheduler.Spawn(ServeUntilTold(signals, Serves()));
        scheduler.Turn(TimeSpan.Zero);
        signals.Deliver(PosixSignal.SIGWINCH);
        scheduler.Run();
        served.State.ShouldBe(CoroutineState.Completed);

        static IEnumerator<Wait> Serves()
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
    }

    // sample: task
    static IEnumerator<Wait> Age(Task<DateTime> born)
    {
        yield return born.Join(TimeSpan.FromSeconds(5));
        if (Woken.DeadlineReached)
            throw new TimeoutException("The registry doesn't answer.");
        yield return Return(Woken.Result<DateTime>().AddYears(1).Year);
    }

    // end sample

    // sample: workers
    static IEnumerator<Wait> CountLines(Workers workers, string path)
    {
        yield return workers.Start(() => File.ReadAllLines(path)).Join();
        yield return Return(Woken.Result<string[]>().Length);
    }

    // end sample

    // sample: signals
    static IEnumerator<Wait> ServeUntilTold(Signals signals, IEnumerator<Wait> serve)
    {
        using var serving = Scope.Open();
        serving.Spawn(serve, "server");
        yield return signals.WaitForNext();
    }
    // end sample
}
