using Coroutines.Sync;
using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: coroutines wait until something has happened.</summary>
public sealed class EventScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private readonly Event happened = new("happened");

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Everybody_goes_on_in_the_order_of_coming()
    {
        SpawnWaiters("a", "b", "c");
        simulation.RunUntilIdle();
        story.ShouldBe();
        happened.Set();
        simulation.RunUntilIdle();
        story.ShouldBe("a set", "b set", "c set");
    }

    [Test]
    public void One_that_comes_later_does_not_wait()
    {
        happened.Set();
        SpawnWaiters("late");
        simulation.RunUntilIdle();
        story.ShouldBe("late set");
    }

    [Test]
    public void After_a_reset_one_waits_again()
    {
        happened.Set();
        happened.Reset();
        SpawnWaiters("a");
        simulation.RunUntilIdle();
        story.ShouldBe();
        happened.WaiterCount.ShouldBe(1);
    }

    [Test]
    public void One_that_was_woken_goes_on_although_it_is_reset_before()
    {
        SpawnWaiters("a");
        simulation.RunUntilIdle();
        happened.Set();
        happened.Reset();
        simulation.RunUntilIdle();
        story.ShouldBe("a set");
    }

    [Test]
    public void A_deadline_ends_the_wait_exactly_then()
    {
        Scheduler.Spawn(Waits("a", Limit));
        simulation.Advance(Limit - Tick);
        story.ShouldBe();
        simulation.Advance(Tick);
        story.ShouldBe("a late");
        happened.WaiterCount.ShouldBe(0);
    }

    [Test]
    public void One_that_is_set_before_the_deadline_leaves_no_timer()
    {
        Scheduler.Spawn(Waits("a", Limit));
        simulation.RunUntilIdle();
        happened.Set();
        simulation.RunUntilIdle();
        story.ShouldBe("a set");
        Scheduler.Timers.Count.ShouldBe(0);
    }

    [Test]
    public void A_cancelled_one_leaves_the_others_waiting()
    {
        var waiters = SpawnWaiters("a", "b", "c");
        simulation.RunUntilIdle();
        waiters[1].Cancel();
        happened.WaiterCount.ShouldBe(2);
        happened.Set();
        simulation.RunUntilIdle();
        story.ShouldBe("a set", "c set");
    }

    [Test]
    public void One_that_was_set_and_is_waited_for_with_no_time_at_all_counts_as_set()
    {
        happened.Set();
        Scheduler.Spawn(Waits("a", TimeSpan.Zero));
        simulation.RunUntilIdle();
        story.ShouldBe("a set");
    }

    [Test]
    public void With_no_time_at_all_one_that_is_not_set_is_given_up()
    {
        Scheduler.Spawn(Waits("a", TimeSpan.Zero));
        simulation.RunUntilIdle();
        story.ShouldBe("a late");
        happened.WaiterCount.ShouldBe(0);
    }

    [Test]
    public void Never_set_it_keeps_nobody_once_the_scheduler_has_ended()
    {
        var waiters = SpawnWaiters("a", "b");
        simulation.RunUntilIdle();
        simulation.Dispose();
        waiters.ForEach(waiter => waiter.ShouldHaveBeenCancelled());
        happened.WaiterCount.ShouldBe(0);
        Should.NotThrow(happened.Set);
        story.ShouldBe();
    }

    [Test]
    public void It_belongs_to_one_scheduler()
    {
        SpawnWaiters("a");
        simulation.RunUntilIdle();
        using var other = new Simulation();
        other.Scheduler.Spawn(Waits("stranger"));
        Should
            .Throw<CoroutineFailedException>(() => other.RunUntilIdle())
            .InnerException!.Message.ShouldContain("belongs to another scheduler");
    }

    [Test]
    public void Setting_it_on_another_thread_during_a_turn_is_refused()
    {
        Exception? refused = null;
        SpawnWaiters("a");
        simulation.RunUntilIdle();
        Scheduler.Post(() => refused = OtherThread.Run(happened.Set));
        simulation.RunUntilIdle();
        refused.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("use Post");
        story.ShouldBe();
    }

    [Test]
    public void Its_text_tells_who_set_it()
    {
        happened.ToString().ShouldBe("event 'happened' (not set)");
        Scheduler.Spawn(SetsAndResets(), "setter");
        simulation.RunUntilIdle();
        happened.ToString().ShouldBe("event 'happened' (not set; it was, last by 'setter')");
        happened.Set();
        happened.ToString().ShouldBe("event 'happened' (set)");
        new Event().ToString().ShouldBe("event (not set)");
    }

    [Test]
    public void The_text_of_a_coroutine_tells_what_it_waits_for()
    {
        var waiter = SpawnWaiters("a")[0];
        simulation.RunUntilIdle();
        waiter.WaitingFor.ShouldBe(WaitKind.Event);
        waiter.ToString().ShouldBe("#1 'a' Suspended (Event event 'happened' (not set))");
    }

    private List<Coroutine> SpawnWaiters(params string[] names) =>
        [.. names.Select(name => Scheduler.Spawn(Waits(name), name))];

    private IEnumerator<Wait> Waits(string name, Deadline deadline = default)
    {
        yield return happened.WaitUntilSet(deadline);
        story.Tell($"{name} {(Woken.DeadlineReached ? "late" : "set")}");
    }

    private IEnumerator<Wait> SetsAndResets()
    {
        yield return Pause();
        happened.Set();
        happened.Reset();
    }
}
