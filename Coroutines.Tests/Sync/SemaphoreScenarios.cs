using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: at most so many coroutines at a time hold a permit, and none is lost.</summary>
public sealed class SemaphoreScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private readonly Semaphore two = new(2, "two");

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void As_many_go_on_as_there_are_permits()
    {
        SpawnHolders("a", "b", "c");
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds");
        two.Available.ShouldBe(0);
        two.WaiterCount.ShouldBe(1);
    }

    [Test]
    public void A_released_permit_goes_to_who_has_waited_longest()
    {
        var holders = SpawnHolders("a", "b", "c", "d");
        simulation.RunUntilIdle();
        holders[1].Cancel();
        holders[0].Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds", "c holds", "d holds");
    }

    [Test]
    public void Nobody_overtakes_one_who_waits()
    {
        var holders = SpawnHolders("a", "b", "c");
        simulation.RunUntilIdle();
        holders[0].Cancel();
        two.TryAcquire().ShouldBeFalse();
        SpawnHolders("d");
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds", "c holds");
    }

    [Test]
    public void One_that_is_cancelled_while_it_waits_takes_none()
    {
        var holders = SpawnHolders("a", "b", "c", "d");
        simulation.RunUntilIdle();
        holders[2].Cancel();
        holders[0].Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds", "d holds");
    }

    [Test]
    public void One_that_is_cancelled_between_grant_and_resume_gives_it_to_the_next()
    {
        var holders = SpawnHolders("a", "b", "c", "d");
        simulation.RunUntilIdle();
        holders[0].Cancel();
        holders[2].State.ShouldBe(CoroutineState.Ready);
        holders[2].Cancel();
        holders[3].State.ShouldBe(CoroutineState.Ready);
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds", "d holds");
        two.Available.ShouldBe(0);
    }

    [Test]
    public void Given_back_with_nobody_waiting_it_is_available()
    {
        var holders = SpawnHolders("a", "b", "c");
        simulation.RunUntilIdle();
        foreach (var holder in holders)
            holder.Cancel();
        two.Available.ShouldBe(2);
        two.ToString().ShouldBe("semaphore 'two' (2 of 2 available)");
    }

    [Test]
    public void One_that_is_cancelled_before_it_begins_takes_none()
    {
        SpawnHolders("a")[0].Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe();
        two.Available.ShouldBe(2);
    }

    [Test]
    public void A_call_whose_deadline_comes_between_grant_and_resume_gives_it_back()
    {
        two.TryAcquire();
        two.TryAcquire();
        Scheduler.Spawn(CallsWithDeadline(Limit));
        simulation.Advance(Limit - Tick);
        Scheduler.Spawn(Releases());
        simulation.Clock.Advance(Tick);
        Scheduler.Turn(TimeSpan.Zero); // runs what is ready, and then expires what is due
        simulation.RunUntilIdle();
        story.ShouldBe("released", "called late");
        two.Available.ShouldBe(1);
    }

    [Test]
    public void A_deadline_ends_the_wait_exactly_then()
    {
        SpawnHolders("a", "b");
        Scheduler.Spawn(Holds("c", Limit));
        simulation.Advance(Limit - Tick);
        two.WaiterCount.ShouldBe(1);
        simulation.Advance(Tick);
        story.ShouldBe("a holds", "b holds", "c late");
        two.WaiterCount.ShouldBe(0);
    }

    [Test]
    public void With_no_time_at_all_one_takes_what_is_available()
    {
        Scheduler.Spawn(Holds("a", TimeSpan.Zero));
        Scheduler.Spawn(Holds("b", TimeSpan.Zero));
        Scheduler.Spawn(Holds("c", TimeSpan.Zero));
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds", "c late");
    }

    [Test]
    public void More_releases_than_acquires_are_refused()
    {
        two.TryAcquire().ShouldBeTrue();
        two.Release();
        Should
            .Throw<InvalidOperationException>(two.Release)
            .Message.ShouldBe("semaphore 'two' (2 of 2 available) was released more often than it was acquired.");
    }

    [Test]
    public void A_coroutine_that_releases_too_often_fails_and_adds_no_permit()
    {
        Scheduler.Spawn(ReleasesTwice(), "careless");
        Should
            .Throw<CoroutineFailedException>(() => simulation.RunUntilIdle())
            .InnerException.ShouldBeOfType<InvalidOperationException>();
        SpawnHolders("a", "b", "c");
        simulation.RunUntilIdle();
        story.ShouldBe("a holds", "b holds");
        two.WaiterCount.ShouldBe(1);
    }

    [Test]
    public void It_must_have_a_permit() =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => new Semaphore(0))
            .Message.ShouldStartWith("A semaphore must have 1 permit or more, but was given 0.");

    [Test]
    public void Its_text_tells_who_holds_permits()
    {
        SpawnHolders("a", "b");
        simulation.RunUntilIdle();
        two.ToString().ShouldBe("semaphore 'two' (0 of 2 available; held by 'a', 'b')");
    }

    [Test]
    public void One_may_release_what_another_acquired()
    {
        SpawnHolders("a");
        simulation.RunUntilIdle();
        two.Release();
        two.ToString().ShouldBe("semaphore 'two' (2 of 2 available)");
        two.TryAcquire(); // since the holder releases once more, when it is cancelled
    }

    private List<Coroutine> SpawnHolders(params string[] names) =>
        [.. names.Select(name => Scheduler.Spawn(Holds(name), name))];

    private IEnumerator<Wait> Holds(string name, Deadline deadline = default)
    {
        yield return two.Acquire(deadline);
        if (Woken.DeadlineReached)
        {
            story.Tell($"{name} late");
            yield break;
        }
        story.Tell($"{name} holds");
        try
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            two.Release();
        }
    }

    private IEnumerator<Wait> CallsWithDeadline(TimeSpan limit)
    {
        yield return Call(Holds("callee"), limit);
        story.Tell(Woken.DeadlineReached ? "called late" : "called");
    }

    private IEnumerator<Wait> ReleasesTwice()
    {
        yield return two.Acquire();
        two.Release();
        two.Release();
    }

    private IEnumerator<Wait> Releases()
    {
        two.Release();
        story.Tell("released");
        yield break;
    }
}
