using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: all coroutines of a scope have ended before the scope does, and each is released exactly once.</summary>
public sealed class ScopeScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private Scope? opened;
    private Coroutine? parent;

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Leaving_a_scope_cancels_what_is_in_it()
    {
        Scheduler.Spawn(OpensAndLeaves(Sleeps("a"), Sleeps("b")));
        simulation.RunUntilIdle();
        story.ShouldBe("a began", "b began", "leaving", "released a", "released b", "left");
    }

    [Test]
    public void Join_waits_for_all()
    {
        Scheduler.Spawn(OpensAndJoins(default, Sleeps("a", Limit), Sleeps("b", Limit * 2)));
        simulation.Advance(Limit * 2 - Tick);
        story.Count("joined").ShouldBe(0);
        simulation.Advance(Tick);
        story.ShouldBe("a began", "b began", "a woke", "released a", "b woke", "released b", "joined");
    }

    [Test]
    public void Join_of_an_empty_scope_returns()
    {
        Scheduler.Spawn(OpensAndJoins(default));
        simulation.RunUntilIdle();
        story.ShouldBe("joined");
    }

    [Test]
    public void Join_tells_how_the_scope_ended_whether_it_had_to_wait_or_not(
        [Values("by deadline", "by cancel", "by itself")] string how,
        [Values] bool hasToWait
    )
    {
        Scheduler.Spawn(JoinsTwice(hasToWait ? TimeSpan.Zero : Limit * 2, how == "by deadline" ? Limit : null));
        simulation.RunUntilIdle();
        if (how == "by cancel")
            opened!.Cancel();
        simulation.Advance(Limit * 2);
        story.ShouldBe(how, how);
    }

    [Test]
    public void Several_may_join_one_scope()
    {
        Scheduler.Spawn(OpensAndJoins(default, Sleeps("a", Limit)));
        simulation.RunUntilIdle();
        Scheduler.Spawn(Joins(opened!, "second"));
        simulation.Advance(Limit);
        story.ShouldBe("a began", "a woke", "released a", "joined", "second joined");
        simulation.ShouldHaveNothingLeft();
    }

    [Test]
    public void Thousands_may_be_spawned_into_a_cancelled_scope_one_after_the_other()
    {
        Scheduler.Stop();
        Scheduler.Run();
        // How many are under way is counted by thread; this one has counted none.
        Sync.OtherThread.Run(() =>
            {
                for (var i = 0; i < 2_000; i++)
                    Scheduler.Spawn(Sleeps("it"));
            })
            .ShouldBeNull();
        story.Count("released it").ShouldBe(2_000);
    }

    [Test]
    public void Ended_it_may_be_ended_again_anywhere()
    {
        Scheduler.Spawn(OpensAndJoins(default));
        simulation.RunUntilIdle();
        Exception? thrown = null;
        Scheduler.Post(() => thrown = Sync.OtherThread.Run(opened!.Dispose));
        Scheduler.Turn(TimeSpan.Zero);
        thrown.ShouldBeNull();
        Scheduler.Spawn(Fails()).Home.ToString().ShouldBe("scope of the scheduler");
        Scheduler.Dispose();
    }

    [Test]
    public void A_deadline_ends_every_wait_in_the_scope()
    {
        Scheduler.Spawn(OpensAndJoins(Limit, Sleeps("a"), Sleeps("b")));
        simulation.Advance(Limit - Tick);
        story.ShouldBe("a began", "b began");
        simulation.Advance(Tick);
        story.ShouldBe("a began", "b began", "released a", "released b", "joined by deadline");
    }

    [Test]
    public void A_cancel_ends_every_wait_in_the_scope()
    {
        Scheduler.Spawn(OpensAndJoins(default, Sleeps("a")));
        simulation.RunUntilIdle();
        opened!.Cancel();
        story.ShouldBe("a began", "released a");
        simulation.RunUntilIdle();
        story.ShouldBe("a began", "released a", "joined by cancel");
    }

    [Test]
    public void What_is_spawned_into_a_cancelled_scope_goes_to_its_first_wait()
    {
        Scheduler.Spawn(OpensAndJoins(default, Sleeps("a")));
        simulation.RunUntilIdle();
        opened!.Cancel();
        var late = opened.Spawn(Sleeps("late"));
        late.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("a began", "released a", "late began", "released late");
    }

    [Test]
    public void What_is_spawned_into_a_scope_that_has_ended_goes_to_its_first_wait()
    {
        Scheduler.Spawn(OpensAndLeaves());
        simulation.RunUntilIdle();
        opened!.Spawn(Sleeps("late")).State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("leaving", "left", "late began", "released late");
    }

    [Test]
    public void A_scope_ends_with_its_frame_even_without_using()
    {
        Scheduler.Spawn(Calls(OpensAndForgets(Sleeps("a"))));
        simulation.RunUntilIdle();
        story.ShouldBe("a began", "released a", "returned");
    }

    [Test]
    public void A_cancelled_coroutine_takes_its_scopes_with_it_innermost_first()
    {
        var outer = Scheduler.Spawn(OpensAndJoins(default, OpensAndJoins(default, Sleeps("inner")), Sleeps("a")));
        simulation.RunUntilIdle();
        outer.Cancel();
        Scheduler.Count.ShouldBe(0);
        story.ShouldBe("a began", "inner began", "released inner", "released a");
    }

    [Test]
    public void A_failed_coroutine_takes_its_scopes_with_it()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(OpensAndFails(Sleeps("a")));
        simulation.RunUntilIdle();
        story.ShouldBe("a began", "released a", "failed");
    }

    [Test]
    public void The_failure_of_one_leaves_the_others_in_the_scope_alone()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(OpensAndJoins(default, Fails(), Sleeps("a", Limit)));
        simulation.Advance(Limit);
        story.ShouldBe("a began", "broken", "a woke", "released a", "joined");
    }

    [Test]
    public void One_that_is_cancelled_before_its_first_step_releases_what_it_was_handed()
    {
        var late = Scheduler.Spawn(Sleeps("a"));
        late.Cancel();
        late.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("a began", "released a");
        simulation.RunUntilIdle();
        story.ShouldBe("a began", "released a");
    }

    [Test]
    public void One_that_cancels_itself_ends_at_its_next_wait()
    {
        var itself = Scheduler.Spawn(CancelsItself());
        simulation.RunUntilIdle();
        itself.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("still running", "released it");
    }

    [Test]
    public void One_that_cancels_itself_and_never_waits_completes()
    {
        var itself = Scheduler.Spawn(CancelsItselfAndReturns());
        simulation.RunUntilIdle();
        itself.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void One_can_cancel_the_scope_it_is_in()
    {
        Scheduler.Spawn(OpensAndJoins(default, Sleeps("a"), CancelsTheScope()));
        simulation.RunUntilIdle();
        story.ShouldBe("a began", "released a", "cancelled it", "joined by cancel");
    }

    [Test]
    public void One_can_cancel_its_parent()
    {
        parent = Scheduler.Spawn(OpensAndJoins(default, CancelsParent()), "parent");
        simulation.RunUntilIdle();
        parent.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("still running", "released it");
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void A_finally_can_cancel_its_siblings()
    {
        Coroutine? sibling = null;
        var first = Scheduler.Spawn(CancelsInFinally(() => sibling!));
        sibling = Scheduler.Spawn(Sleeps("sibling"));
        simulation.RunUntilIdle();
        first.Cancel();
        story.ShouldBe("sibling began", "released sibling", "cancelled it");
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void A_finally_can_spawn_and_what_it_spawns_runs()
    {
        var first = Scheduler.Spawn(SpawnsInFinally());
        simulation.RunUntilIdle();
        first.Cancel();
        simulation.Advance(Limit);
        story.ShouldBe("heir began", "heir woke", "released heir");
    }

    [Test]
    public void A_cancel_of_what_has_ended_does_nothing()
    {
        var first = Scheduler.Spawn(Sleeps("a", Tick));
        simulation.Advance(Tick);
        first.Cancel();
        first.State.ShouldBe(CoroutineState.Completed);
        story.Count("released a").ShouldBe(1);
    }

    [Test]
    public void One_that_joins_its_own_scope_is_refused()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(OpensAndJoins(default, JoinsTheScope()), "parent");
        simulation.RunUntilIdle();
        story.Count("joined").ShouldBe(1);
        story.Count("#2 'coroutine 2' Running can't join its own scope: it would wait for itself.").ShouldBe(1);
    }

    [Test]
    public void A_scope_is_opened_by_a_running_coroutine() =>
        Should.Throw<InvalidOperationException>(() => Scope.Open());

    [Test]
    public void A_scope_with_a_deadline_that_ends_early_leaves_no_timer()
    {
        Scheduler.Spawn(OpensAndJoins(Limit));
        simulation.RunUntilIdle();
        Scheduler.Timers.Count.ShouldBe(0);
    }

    [Test]
    public void Scopes_of_one_frame_may_end_in_any_order([Range(0, 2)] int ended)
    {
        parent = Scheduler.Spawn(OpensThreeAndEnds(ended));
        simulation.RunUntilIdle();
        story.ShouldBe("0 began", "1 began", "2 began", $"released {ended}", "ended one");
        ScopesOf(parent).Select(scope => scope.IsCancelled).ShouldBe([false, false]);
        parent.Cancel();
        Enumerable.Range(0, 3).ShouldAllBe(child => story.Count($"released {child}") == 1);
        ScopesOf(parent).ShouldBeEmpty();
    }

    [Test]
    public void One_that_spawns_its_like_for_ever_fails_when_it_is_cancelled()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(SpawnsItsLike());
        Scheduler.Stop();
        Scheduler.Run();
        Scheduler.Count.ShouldBe(0);
        story.Joined.ShouldContain(
            "'like' Running spawned into a cancelled scope, 500 deep: before its first wait, or in a 'finally', a coroutine "
                + "must not spawn its like for ever."
        );
    }

    private IEnumerator<Wait> SpawnsItsLike()
    {
        Scheduler.Spawn(SpawnsItsLike(), "like");
        yield return Pause();
    }

    private IEnumerator<Wait> OpensThreeAndEnds(int ended)
    {
        var scopes = new[] { Scope.Open(), Scope.Open(), Scope.Open() };
        foreach (var (child, scope) in scopes.Index())
            scope.Spawn(Sleeps($"{child}"));
        yield return Pause();
        scopes[ended].Dispose();
        scopes[ended].Dispose();
        story.Tell("ended one");
        yield return Sleep(Timeout.InfiniteTimeSpan);
    }

    private static IEnumerable<Scope> ScopesOf(Coroutine coroutine)
    {
        for (var scope = coroutine.Scopes; scope is not null; scope = scope.Older)
            yield return scope;
    }

    private IEnumerator<Wait> OpensAndLeaves(params IEnumerator<Wait>[] bodies)
    {
        using (opened = Scope.Open())
        {
            foreach (var body in bodies)
                opened.Spawn(body);
            yield return Pause();
            story.Tell("leaving");
        }
        story.Tell("left");
    }

    private IEnumerator<Wait> OpensAndJoins(TimeSpan? limit, params IEnumerator<Wait>[] bodies)
    {
        using var scope = Scope.Open(limit ?? Timeout.InfiniteTimeSpan);
        opened = scope;
        foreach (var body in bodies)
            scope.Spawn(body);
        yield return scope.Join();
        story.Tell(
            scope.DeadlineReached ? "joined by deadline"
            : scope.IsCancelled ? "joined by cancel"
            : "joined"
        );
    }

    private IEnumerator<Wait> JoinsTwice(TimeSpan after, TimeSpan? limit)
    {
        using var scope = Scope.Open(limit ?? Timeout.InfiniteTimeSpan);
        opened = scope;
        scope.Spawn(Rests(Limit * 1.5));
        yield return Sleep(after);
        for (var i = 0; i < 2; i++)
        {
            yield return scope.Join();
            story.Tell(
                Woken.DeadlineReached ? "by deadline"
                : Woken.Cancelled ? "by cancel"
                : "by itself"
            );
        }
    }

    private static IEnumerator<Wait> Rests(TimeSpan time)
    {
        yield return Sleep(time);
    }

    private IEnumerator<Wait> Joins(Scope scope, string name)
    {
        yield return scope.Join();
        story.Tell($"{name} joined");
    }

    private static IEnumerator<Wait> OpensAndForgets(IEnumerator<Wait> body)
    {
        Scope.Open().Spawn(body);
        yield return Pause();
    }

    private static IEnumerator<Wait> OpensAndFails(IEnumerator<Wait> body)
    {
        Scope.Open().Spawn(body);
        yield return Pause();
        throw new FormatException("failed");
    }

    private IEnumerator<Wait> Calls(IEnumerator<Wait> child)
    {
        yield return Call(child);
        story.Tell("returned");
    }

    private IEnumerator<Wait> Sleeps(string name, TimeSpan? time = null)
    {
        using var it = story.Owned(name);
        story.Tell($"{name} began");
        yield return Sleep(time ?? Timeout.InfiniteTimeSpan);
        story.Tell($"{name} woke");
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }

    private IEnumerator<Wait> CancelsItself()
    {
        using var it = story.Owned("it");
        Coroutine.Current!.Cancel();
        story.Tell("still running");
        yield return Pause();
        story.Tell("never");
    }

    private static IEnumerator<Wait> CancelsItselfAndReturns()
    {
        Coroutine.Current!.Cancel();
        yield break;
    }

    private IEnumerator<Wait> CancelsTheScope()
    {
        opened!.Cancel();
        story.Tell("cancelled it");
        yield return Pause();
        story.Tell("never");
    }

    private IEnumerator<Wait> CancelsParent()
    {
        using var it = story.Owned("it");
        parent!.Cancel();
        story.Tell("still running");
        yield return Pause();
        story.Tell("never");
    }

    private IEnumerator<Wait> CancelsInFinally(Func<Coroutine> sibling)
    {
        try
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            sibling().Cancel();
            story.Tell("cancelled it");
        }
    }

    private IEnumerator<Wait> SpawnsInFinally()
    {
        try
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            Scheduler.Spawn(Sleeps("heir", Limit));
        }
    }

    private IEnumerator<Wait> JoinsTheScope()
    {
        yield return opened!.Join();
        story.Tell("never");
    }
}
