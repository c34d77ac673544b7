using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a failure that was told to joiners, none of whom was resumed to see it, is reported as that of the
/// coroutine that failed, once.</summary>
public sealed class UnseenFailureScenarios
{
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private readonly Coroutine target;

    public UnseenFailureScenarios()
    {
        Scheduler.Failed += (coroutine, failure) =>
            story.Tell($"{coroutine.Name} {coroutine.State}: {failure.Message}");
        target = Scheduler.Spawn(Fails(), "target");
    }

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void It_is_that_of_the_coroutine_that_failed()
    {
        var joiner = GivenAJoiner();
        WhenTheTargetFails();
        joiner.Cancel();
        story.ShouldBe("target Failed: broken");
        joiner.State.ShouldBe(CoroutineState.Cancelled);
    }

    [Test]
    public void It_is_reported_once_for_two_joiners()
    {
        var (first, second) = (GivenAJoiner(), GivenAJoiner());
        WhenTheTargetFails();
        first.Cancel();
        story.ShouldBe();
        second.Cancel();
        story.ShouldBe("target Failed: broken");
    }

    [Test]
    public void One_that_one_joiner_has_seen_is_not_reported([Values] bool isLast)
    {
        var others = new List<Coroutine> { GivenAJoiner() };
        Scheduler.Spawn(Sees(), "seer");
        others.Add(GivenAJoiner());
        WhenTheTargetFails();
        others[isLast ? 0 : 1].Cancel();
        others[isLast ? 1 : 0].Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("saw broken");
    }

    [Test]
    public void It_is_reported_when_a_call_of_the_joiner_is_unwound()
    {
        Scheduler.Spawn(JoinsInACall(), "joiner");
        WhenTheTargetFails();
        simulation.RunUntilIdle();
        story.ShouldBe("target Failed: broken", "gave up");
    }

    [Test]
    public void A_joiner_that_came_after_the_report_has_nothing_to_report()
    {
        WhenTheTargetFails();
        var joiner = GivenAJoiner();
        Scheduler.Turn(TimeSpan.Zero);
        joiner.Cancel();
        story.ShouldBe("target Failed: broken");
    }

    [Test]
    public void A_joiner_that_came_after_the_end_may_be_the_one_that_does_not_see_it()
    {
        var (first, second) = (GivenAJoiner(), Scheduler.Spawn(JoinsOnceFailed()));
        WhenTheTargetFails();
        first.Cancel();
        story.ShouldBe();
        second.Cancel();
        story.ShouldBe("target Failed: broken");
    }

    [Test]
    public void An_observer_that_cancels_the_joiner_at_its_wake_has_it_reported_once()
    {
        var (first, second) = (GivenAJoiner(), GivenAJoiner());
        Scheduler.Attach(new Canceller(first));
        Scheduler.Attach(new Canceller(second));
        WhenTheTargetFails();
        story.ShouldBe("target Failed: broken");
    }

    private Coroutine GivenAJoiner() => Scheduler.Spawn(Sees());

    /// <summary>In one turn the joiners begin to wait; in the next the target fails, and they are ready, not resumed.
    /// </summary>
    private void WhenTheTargetFails()
    {
        Scheduler.Turn(TimeSpan.Zero);
        simulation.Clock.Advance(Tick);
        Scheduler.Turn(TimeSpan.Zero);
        target.State.ShouldBe(CoroutineState.Failed);
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }

    private IEnumerator<Wait> Sees()
    {
        yield return TryJoin(target);
        story.Tell($"saw {Woken.Failure?.Message}");
    }

    private IEnumerator<Wait> JoinsOnceFailed()
    {
        yield return Pause();
        yield return TryJoin(target);
        story.Tell("saw it");
    }

    private IEnumerator<Wait> JoinsInACall()
    {
        yield return Call(Sees(), Tick); // due at the end of the turn in which the target fails
        story.Tell(Woken.DeadlineReached ? "gave up" : "went on");
    }

    private sealed class Canceller(Coroutine coroutine) : SchedulerObserver
    {
        public override void Woken(Coroutine woken)
        {
            if (woken == coroutine)
                woken.Cancel();
        }
    }
}
