using Coroutines.Sync;
using Coroutines.Testing;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: what was waited for once belongs to that scheduler, and to its thread while a turn lasts.</summary>
public sealed class OwnerScenarios
{
    private readonly Simulation simulation = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [TestCaseSource(nameof(Members))]
    public void A_member_called_on_another_thread_during_a_turn_is_refused(Wait wait, Action member)
    {
        Exception? refused = null;
        Scheduler.Spawn(WaitsFor(wait));
        simulation.RunUntilIdle();

        Scheduler.Post(() => refused = OtherThread.Run(member));
        Scheduler.Turn(TimeSpan.Zero);

        refused.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("on another thread");
    }

    [TestCaseSource(nameof(Waits))]
    public void A_coroutine_of_another_scheduler_cannot_wait_for_it(Wait first, Wait second)
    {
        Scheduler.Spawn(WaitsFor(first));
        simulation.RunUntilIdle();

        using var other = new Simulation();
        other.Scheduler.Spawn(WaitsFor(second));
        Should
            .Throw<CoroutineFailedException>(() => other.RunUntilIdle())
            .InnerException!.Message.ShouldContain("belongs to another scheduler");
    }

    private static IEnumerable<TestCaseData> Members()
    {
        yield return Case("Event.Set", new Event(), it => it.WaitUntilSet(), it => it.Set());
        yield return Case("Event.Reset", new Event(), it => it.WaitUntilSet(), it => it.Reset());
        yield return Case("Semaphore.TryAcquire", new Semaphore(1), it => it.Acquire(), it => it.TryAcquire());
        yield return Case("Semaphore.Release", new Semaphore(1), it => it.Acquire(), it => it.Release());
        yield return Case("Channel.TrySend", new Channel<int>(1), it => it.Receive(), it => it.TrySend(1));
        yield return Case("Channel.TryReceive", new Channel<int>(1), it => it.Receive(), it => it.TryReceive(out _));
        yield return Case("Channel.Close", new Channel<int>(1), it => it.Receive(), it => it.Close());
    }

    private static IEnumerable<TestCaseData> Waits()
    {
        var happened = new Event();
        yield return Case("Event.WaitUntilSet", happened.WaitUntilSet(), happened.WaitUntilSet());
        var permits = new Semaphore(1);
        yield return Case("Semaphore.Acquire", permits.Acquire(), permits.Acquire());
        var received = new Channel<int>(1);
        yield return Case("Channel.Receive", received.Receive(), received.Receive());
        var sent = new Channel<int>(1);
        yield return Case("Channel.Send", sent.Send(1), sent.Send(2));
    }

    private static TestCaseData Case<T>(string name, T it, Func<T, Wait> wait, Action<T> member) =>
        new TestCaseData(wait(it), (Action)(() => member(it))).SetArgDisplayNames(name);

    private static TestCaseData Case(string name, Wait first, Wait second) =>
        new TestCaseData(first, second).SetArgDisplayNames(name);

    private static IEnumerator<Wait> WaitsFor(Wait wait)
    {
        yield return wait;
    }
}
