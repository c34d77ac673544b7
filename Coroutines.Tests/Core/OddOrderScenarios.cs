using Coroutines.Polling;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: what is done at an odd moment, or by somebody else, is refused or harms nobody.</summary>
public sealed class OddOrderScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private Scope? scope;

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [SetUp]
    public void FailuresAreTold() =>
        Scheduler.Failed += (coroutine, failure) => story.Tell($"{coroutine.Name}: {failure.Message}");

    [Test]
    public void A_turn_within_a_turn_is_refused()
    {
        var nested = Scheduler.Spawn(Does(() => Scheduler.Turn(TimeSpan.Zero)));
        var other = Scheduler.Spawn(Does(() => story.Tell("other")));
        Scheduler.Turn(TimeSpan.Zero);
        nested.Failure.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("within a turn");
        other.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void A_run_within_a_turn_is_refused()
    {
        var nested = Scheduler.Spawn(Does(Scheduler.Run));
        Scheduler.Turn(TimeSpan.Zero);
        nested.Failure.ShouldBeOfType<InvalidOperationException>();
    }

    [Test]
    public void A_turn_that_throws_is_over()
    {
        Scheduler.Spawn(Waits(Sleep(Timeout.InfiniteTimeSpan)));
        Should.Throw<InvalidOperationException>(() => Scheduler.Turn()).Message.ShouldContain("wait for ever");
        Should.NotThrow(() => Scheduler.Turn(TimeSpan.Zero));
    }

    [Test]
    public void An_observer_may_cancel_what_has_just_been_suspended()
    {
        Scheduler.Attach(new CancelsSuspended());
        var victim = Scheduler.Spawn(Waits(WantRead(simulation.Connect().Connection, Limit)));
        simulation.Advance(Limit * 2);
        victim.State.ShouldBe(CoroutineState.Cancelled);
        Scheduler.NextDeadline.IsSet.ShouldBeFalse();
    }

    [Test]
    public void An_observer_may_cancel_one_whose_wait_was_over_at_once()
    {
        var ended = Scheduler.Spawn(Does(() => { }));
        simulation.RunUntilIdle();
        Scheduler.Attach(new CancelsSuspended());
        var victim = Scheduler.Spawn(Waits(Join(ended)));
        simulation.RunUntilIdle();
        victim.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe();
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void An_observer_may_cancel_one_joiner_when_another_is_woken()
    {
        var target = Scheduler.Spawn(Waits(Sleep(Limit)));
        var joiners = new[] { Scheduler.Spawn(Waits(Join(target))), Scheduler.Spawn(Waits(Join(target))) };
        simulation.RunUntilIdle();
        Scheduler.Attach(new CancelsWhenWoken(joiners[0], joiners[1]));
        simulation.Advance(Limit);
        joiners.Select(joiner => joiner.State).ShouldBe([CoroutineState.Completed, CoroutineState.Cancelled]);
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void An_observer_may_cancel_the_writer_when_the_reader_is_woken()
    {
        var peer = simulation.Connect();
        peer.Window = 0;
        var reader = Scheduler.Spawn(Waits(WantRead(peer.Connection)));
        var writer = Scheduler.Spawn(Waits(WantWrite(peer.Connection)));
        simulation.RunUntilIdle();
        Scheduler.Attach(new CancelsWhenWoken(reader, writer));
        peer.Resets();
        simulation.RunUntilIdle();
        (reader.State, writer.State).ShouldBe((CoroutineState.Completed, CoroutineState.Cancelled));
    }

    [Test]
    public void A_failure_whose_joiner_is_cancelled_before_it_sees_it_is_reported()
    {
        var target = Scheduler.Spawn(FailsAfter(Limit), "target");
        var joiner = Scheduler.Spawn(Waits(Join(target)), "joiner");
        simulation.RunUntilIdle();
        Scheduler.Attach(new CancelsWhenWoken(joiner, joiner));
        simulation.Advance(Limit);
        joiner.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("target: broken");
    }

    [Test]
    public void Another_coroutine_may_end_a_scope()
    {
        Scheduler.Spawn(OpensAndJoins(Owns("a")));
        simulation.RunUntilIdle();
        Scheduler.Spawn(Does(() => scope!.Dispose()));
        simulation.RunUntilIdle();
        story.ShouldBe("released a", "joined");
    }

    [Test]
    public void A_finally_in_a_scope_may_end_that_scope()
    {
        Scheduler.Spawn(OpensAndJoins(Owns("a", () => scope!.Dispose()), Owns("b")));
        simulation.RunUntilIdle();
        scope!.Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("released b", "released a", "joined");
    }

    [Test]
    public void A_finally_may_spawn_into_the_scope_that_is_being_cancelled()
    {
        Scheduler.Spawn(OpensAndJoins(Owns("a", () => scope!.Spawn(Owns("late")))));
        simulation.RunUntilIdle();
        scope!.Cancel();
        simulation.RunUntilIdle();
        Scheduler.Count.ShouldBe(0);
        story.ShouldBe("released late", "released a", "joined");
    }

    [Test]
    public void A_finally_may_open_a_scope()
    {
        var opener = Scheduler.Spawn(Owns("a", () => Scope.Open(Limit).Spawn(Owns("inner"))));
        simulation.RunUntilIdle();
        opener.Cancel();
        story.ShouldBe("released a", "released inner");
        Scheduler.NextDeadline.IsSet.ShouldBeFalse();
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void A_scope_of_another_scheduler_is_not_joined()
    {
        using var other = new Simulation();
        other.Scheduler.Spawn(OpensAndJoins(Owns("a")));
        other.RunUntilIdle();
        var joiner = Scheduler.Spawn(Waits(scope!.Join()));
        simulation.RunUntilIdle();
        joiner.Failure.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("same scheduler");
    }

    [Test]
    public void A_joiner_whose_deadline_comes_with_the_end_is_resumed_once()
    {
        var target = Scheduler.Spawn(Waits(Sleep(Limit)), "target");
        Scheduler.Spawn(Waits(Join(target, Limit)), "joiner");
        simulation.Advance(Limit * 2);
        story.ShouldBe("went on", "went on");
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void A_handler_of_failures_may_dispose_of_the_scheduler()
    {
        Scheduler.Failed += (_, _) => Scheduler.Dispose();
        Scheduler.Spawn(FailsAfter(TimeSpan.Zero), "bad");
        var victim = Scheduler.Spawn(Owns("a"));
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Turn(TimeSpan.Zero);
        victim.State.ShouldBe(CoroutineState.Cancelled);
    }

    [Test]
    public void A_finally_may_stop_and_dispose()
    {
        var victim = Scheduler.Spawn(
            Owns(
                "a",
                () =>
                {
                    Scheduler.Stop();
                    Scheduler.Dispose();
                }
            )
        );
        Scheduler.Spawn(Owns("b"));
        Scheduler.Turn(TimeSpan.Zero);
        victim.Cancel();
        story.ShouldBe("released b", "released a");
        Scheduler.Count.ShouldBe(0);
    }

    private static IEnumerator<Wait> Does(Action action)
    {
        action();
        yield break;
    }

    private IEnumerator<Wait> Waits(Wait wait)
    {
        yield return wait;
        story.Tell("went on");
    }

    private static IEnumerator<Wait> FailsAfter(TimeSpan time)
    {
        yield return Sleep(time);
        throw new FormatException("broken");
    }

    private IEnumerator<Wait> Owns(string name, Action? last = null)
    {
        using var owned = story.Owned(name);
        try
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            last?.Invoke();
        }
    }

    private IEnumerator<Wait> OpensAndJoins(params IEnumerator<Wait>[] children)
    {
        scope = Scope.Open();
        foreach (var child in children)
            scope.Spawn(child);
        yield return scope.Join();
        story.Tell("joined");
    }

    private sealed class CancelsSuspended : SchedulerObserver
    {
        public override void Suspended(Coroutine coroutine, Wait wait) => coroutine.Cancel();
    }

    private sealed class CancelsWhenWoken(Coroutine woken, Coroutine victim) : SchedulerObserver
    {
        public override void Woken(Coroutine coroutine)
        {
            if (coroutine == woken)
                victim.Cancel();
        }
    }
}
