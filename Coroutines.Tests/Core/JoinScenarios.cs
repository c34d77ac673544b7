using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a coroutine waits for another one's end, and sees how it ended.</summary>
public sealed class JoinScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Simulation simulation = new();
    private readonly Story story = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [SetUp]
    public void FailuresAreTold() =>
        Scheduler.Failed += (coroutine, failure) => story.Tell($"{coroutine.Name}: {failure.Message}");

    [Test]
    public void A_joiner_gets_the_result()
    {
        var target = Scheduler.Spawn(Returns(42));
        Scheduler.Spawn(Joins(target));
        Scheduler.Spawn(Joins(target));
        simulation.Advance(Limit);
        story.ShouldBe("got 42", "got 42");
    }

    [Test]
    public void One_that_has_ended_can_be_joined()
    {
        var target = Scheduler.Spawn(Returns(42));
        simulation.Advance(Limit);
        Scheduler.Spawn(Joins(target));
        simulation.RunUntilIdle();
        story.ShouldBe("got 42");
    }

    [Test]
    public void Only_one_that_completed_has_a_result_and_only_one_that_failed_a_failure()
    {
        var (completes, fails) = (Scheduler.Spawn(Returns(42)), Scheduler.Spawn(Fails()));
        var joins = Scheduler.Spawn(TriesToJoin(Scheduler.Spawn(Returns(42))));
        simulation.RunUntilIdle();
        joins.Result.ShouldBeNull();
        joins.Failure.ShouldBeNull();
        simulation.Advance(Limit);
        (completes.Result, completes.Failure).ShouldBe((42, null));
        (fails.Result, fails.Failure?.Message).ShouldBe((null, "broken"));
    }

    [Test]
    public void A_joiner_fails_with_the_joined_which_is_not_reported_itself()
    {
        var target = Scheduler.Spawn(Fails(), "target");
        Scheduler.Spawn(Joins(target), "joiner");
        simulation.Advance(Limit);
        story.ShouldBe("joiner: broken");
    }

    [Test]
    public void A_joiner_can_ask_to_see_the_failure()
    {
        var target = Scheduler.Spawn(Fails(), "target");
        Scheduler.Spawn(TriesToJoin(target), "joiner");
        simulation.Advance(Limit);
        story.ShouldBe("saw broken");
    }

    [Test]
    public void A_caller_of_the_joiner_can_ask_to_see_the_failure()
    {
        var target = Scheduler.Spawn(Fails(), "target");
        Scheduler.Spawn(TriesToCall(Joins(target)), "joiner");
        simulation.Advance(Limit);
        story.ShouldBe("saw broken");
    }

    [Test]
    public void A_failure_that_nobody_joined_is_reported_when_it_happens()
    {
        var target = Scheduler.Spawn(Fails(), "target");
        simulation.Advance(Limit);
        Scheduler.Spawn(TriesToJoin(target));
        simulation.RunUntilIdle();
        story.ShouldBe("target: broken", "saw broken");
    }

    [Test]
    public void A_joiner_learns_that_the_joined_was_cancelled()
    {
        var target = Scheduler.Spawn(Returns(42));
        Scheduler.Spawn(TellsWhyItWoke(Join(target)));
        simulation.RunUntilIdle();
        target.Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("cancelled");
    }

    [Test]
    public void A_join_can_be_given_up()
    {
        var target = Scheduler.Spawn(Returns(42));
        Scheduler.Spawn(TellsWhyItWoke(Join(target, Limit / 2)));
        simulation.Advance(Limit);
        story.ShouldBe("deadline");
        target.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void A_cancelled_joiner_is_not_woken()
    {
        var target = Scheduler.Spawn(Fails(), "target");
        var joiner = Scheduler.Spawn(Joins(target));
        simulation.RunUntilIdle();
        joiner.Cancel();
        simulation.Advance(Limit);
        story.ShouldBe("target: broken");
    }

    [Test]
    public void One_cannot_join_itself()
    {
        Coroutine? itself = null;
        itself = Scheduler.Spawn(Late(() => Join(itself!)), "self");
        simulation.RunUntilIdle();
        itself.Failure.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("join another one");
    }

    [Test]
    public void One_cannot_join_a_coroutine_of_another_scheduler()
    {
        using var other = new Simulation();
        var stranger = other.Scheduler.Spawn(Returns(1));
        var joiner = Scheduler.Spawn(Joins(stranger));
        simulation.RunUntilIdle();
        joiner.State.ShouldBe(CoroutineState.Failed);
    }

    [Test]
    public void Two_that_wait_for_each_other_can_be_named()
    {
        Coroutine? second = null;
        var first = Scheduler.Spawn(Late(() => Join(second!)), "first");
        second = Scheduler.Spawn(Late(() => Join(first)), "second");
        simulation.RunUntilIdle();
        first.ToString().ShouldBe("#1 'first' Suspended (Join #2 'second')");
    }

    private static IEnumerator<Wait> Returns(int value)
    {
        yield return Sleep(Limit);
        yield return Return(value);
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Sleep(Limit);
        throw new FormatException("broken");
    }

    private IEnumerator<Wait> Joins(Coroutine target)
    {
        yield return Join(target);
        story.Tell($"got {Woken.Result<int>()}");
    }

    private IEnumerator<Wait> TriesToJoin(Coroutine target)
    {
        yield return TryJoin(target);
        story.Tell($"saw {Woken.Failure?.Message}");
    }

    private IEnumerator<Wait> TriesToCall(IEnumerator<Wait> child)
    {
        yield return TryCall(child);
        story.Tell($"saw {Woken.Failure?.Message}");
    }

    private IEnumerator<Wait> TellsWhyItWoke(Wait wait)
    {
        yield return wait;
        story.Tell(
            Woken.DeadlineReached ? "deadline"
            : Woken.Cancelled ? "cancelled"
            : "joined"
        );
    }

    private static IEnumerator<Wait> Late(Func<Wait> wait)
    {
        yield return wait();
    }
}
