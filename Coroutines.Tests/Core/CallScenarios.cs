using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a coroutine calls children, which return results, fail, and can be given a deadline.</summary>
public sealed class CallScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void A_child_returns_a_result()
    {
        var sum = Scheduler.Spawn(Adds(5));
        simulation.RunUntilIdle();
        sum.Result.ShouldBe(15);
    }

    [TestCase(64)]
    [TestCase(5_000)]
    public void Children_call_children(int depth)
    {
        var sum = Scheduler.Spawn(Adds(depth));
        simulation.RunUntilIdle();
        sum.Result.ShouldBe(depth * (depth + 1) / 2);
    }

    [Test]
    public void An_endless_recursion_fails_its_coroutine_only()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(Recurses(), "deep");
        var other = Scheduler.Spawn(Adds(1));
        simulation.RunUntilIdle();
        story.ShouldBe("#1 'deep' Running called children 10000 deep.");
        other.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void A_child_without_a_result_has_none()
    {
        Scheduler.Spawn(Asks<string>(Nothing()));
        FailureOfTheRun().ShouldContain("returned none");
    }

    [Test]
    public void A_result_may_be_null_where_its_type_may()
    {
        Scheduler.Spawn(Asks<string?>(ReturnsNull()));
        Scheduler.Spawn(Asks<int?>(ReturnsNull()));
        Should.NotThrow(() => simulation.RunUntilIdle());
        Scheduler.Spawn(Asks<int>(ReturnsNull()));
        FailureOfTheRun().ShouldContain("returned null");
    }

    [Test]
    public void A_result_has_its_type()
    {
        Scheduler.Spawn(Asks<string>(Adds(1)));
        FailureOfTheRun().ShouldContain("returned Int32");
    }

    [Test]
    public void An_iterator_cannot_call_itself()
    {
        IEnumerator<Wait>? itself = null;
        itself = Calls(() => itself!);
        Scheduler.Spawn(itself);
        FailureOfTheRun().ShouldContain("that is calling");
    }

    [Test]
    public void What_follows_a_return_does_not_run_but_finally_does()
    {
        Scheduler.Spawn(ReturnsEarly());
        simulation.RunUntilIdle();
        story.ShouldBe("released it");
    }

    [Test]
    public void A_failure_unwinds_innermost_first()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(Nests(3));
        simulation.RunUntilIdle();
        story.ShouldBe("released 0", "released 1", "released 2", "released 3", "innermost");
    }

    [Test]
    public void A_caller_that_asks_sees_the_failure_and_goes_on()
    {
        Scheduler.Spawn(Tries(Nests(1)));
        simulation.RunUntilIdle();
        story.ShouldBe("released 0", "released 1", "saw innermost", "went on");
    }

    [Test]
    public void A_caller_that_asks_sees_that_there_was_no_failure()
    {
        Scheduler.Spawn(Tries(Adds(2)));
        simulation.RunUntilIdle();
        story.ShouldBe("saw ", "went on");
    }

    [Test]
    public void A_deadline_on_a_call_cancels_the_child_however_deep_it_waits()
    {
        Scheduler.Spawn(CallsUntil(SleepsDeep(3), Limit));
        simulation.Advance(Limit - Tick);
        story.ShouldBe();
        simulation.Advance(Tick);
        story.ShouldBe("released 0", "released 1", "released 2", "released 3", "reached");
    }

    [Test]
    public void A_call_that_ends_in_time_leaves_no_timer()
    {
        Scheduler.Spawn(CallsUntil(Adds(3), Limit));
        simulation.RunUntilIdle();
        story.ShouldBe("ended");
        Scheduler.Timers.Count.ShouldBe(0);
    }

    [Test]
    public void The_inner_of_two_deadlines_ends_the_inner_call()
    {
        Scheduler.Spawn(CallsUntil(CallsUntil(SleepsDeep(0), Limit), Limit * 2));
        simulation.Advance(Limit * 3);
        story.ShouldBe("released 0", "reached", "ended");
    }

    [Test]
    public void The_outer_of_two_deadlines_ends_both_calls()
    {
        Scheduler.Spawn(CallsUntil(CallsUntil(SleepsDeep(0), Limit * 2), Limit));
        simulation.Advance(Limit * 3);
        story.ShouldBe("released 0", "reached");
    }

    [Test]
    public void A_deadline_that_has_passed_lets_the_child_go_to_its_first_wait()
    {
        Scheduler.Spawn(CallsUntil(SleepsDeep(0), TimeSpan.Zero));
        simulation.RunUntilIdle();
        story.ShouldBe("released 0", "reached");
    }

    [Test]
    public void A_deadline_reached_after_the_wait_ended_unwinds_the_child_just_the_same()
    {
        var peer = simulation.Connect();
        Scheduler.Spawn(CallsUntil(Reads(peer), Limit));
        Scheduler.Turn(TimeSpan.Zero);
        peer.Sends("just in time");
        Scheduler.Turn(TimeSpan.Zero); // now the child is ready, and not resumed yet
        Scheduler.ReadyCount.ShouldBe(1);
        simulation.Clock.Advance(Limit);
        simulation.RunUntilIdle();
        story.ShouldBe("read", "ended");
    }

    [Test]
    public void A_child_that_is_cancelled_while_it_is_ready_leaves_its_caller_ready_once()
    {
        var caller = Scheduler.Spawn(CallsUntilAndSleeps(PausesForEver(), Limit));
        Scheduler.Turn(TimeSpan.Zero);
        simulation.Clock.Advance(Limit);
        simulation.RunUntilIdle();
        story.ShouldBe("reached");
        caller.State.ShouldBe(CoroutineState.Suspended);
    }

    private string FailureOfTheRun() =>
        Should.Throw<CoroutineFailedException>(() => simulation.RunUntilIdle()).InnerException!.Message;

    private static IEnumerator<Wait> Adds(int count)
    {
        if (count == 0)
            yield return Return(0);
        yield return Call(Adds(count - 1));
        yield return Return(Woken.Result<int>() + count);
    }

    private static IEnumerator<Wait> Recurses()
    {
        yield return Call(Recurses());
    }

    private static IEnumerator<Wait> ReturnsNull()
    {
        yield return Return(null);
    }

    private static IEnumerator<Wait> Nothing()
    {
        yield break;
    }

    private static IEnumerator<Wait> Asks<T>(IEnumerator<Wait> child)
    {
        yield return Call(child);
        _ = Woken.Result<T>();
    }

    private static IEnumerator<Wait> Calls(Func<IEnumerator<Wait>> child)
    {
        yield return Call(child());
    }

    private IEnumerator<Wait> ReturnsEarly()
    {
        using var it = story.Owned("it");
        yield return Return(1);
        story.Tell("never");
    }

    private IEnumerator<Wait> Nests(int depth)
    {
        using var it = story.Owned(depth.ToString());
        if (depth > 0)
            yield return Call(Nests(depth - 1));
        yield return Pause();
        throw new FormatException("innermost");
    }

    private IEnumerator<Wait> Tries(IEnumerator<Wait> child)
    {
        yield return TryCall(child);
        story.Tell("saw " + Woken.Failure?.Message);
        yield return Pause();
        story.Tell("went on");
    }

    private IEnumerator<Wait> SleepsDeep(int depth)
    {
        using var it = story.Owned(depth.ToString());
        yield return depth > 0 ? Call(SleepsDeep(depth - 1)) : Sleep(Timeout.InfiniteTimeSpan);
    }

    private IEnumerator<Wait> CallsUntil(IEnumerator<Wait> child, TimeSpan limit)
    {
        yield return Call(child, limit);
        story.Tell(Woken.DeadlineReached ? "reached" : "ended");
    }

    private IEnumerator<Wait> CallsUntilAndSleeps(IEnumerator<Wait> child, TimeSpan limit)
    {
        yield return Call(CallsUntil(child, limit));
        yield return Sleep(Timeout.InfiniteTimeSpan);
        story.Tell("woken for nothing");
    }

    private static IEnumerator<Wait> PausesForEver()
    {
        while (true)
            yield return Pause();
    }

    private IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
        story.Tell("read");
    }
}
