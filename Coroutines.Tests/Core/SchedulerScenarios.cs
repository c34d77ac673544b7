using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a scheduler runs coroutines, fairly, until they have ended or it is stopped.</summary>
public sealed class SchedulerScenarios
{
    private readonly Simulation simulation = new();
    private readonly Story story = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Coroutines_run_in_the_order_of_spawning()
    {
        Scheduler.Spawn(Tells("a"));
        Scheduler.Spawn(Tells("b"));
        story.ShouldBe();
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("a", "b");
    }

    [Test]
    public void A_coroutine_has_a_name_and_a_number()
    {
        var named = Scheduler.Spawn(Tells("a"), "reader");
        var unnamed = Scheduler.Spawn(Tells("b"));
        (named.Name, named.Id).ShouldBe(("reader", 1));
        (unnamed.Name, unnamed.Id).ShouldBe(("coroutine 2", 2));
        named.ToString().ShouldBe("#1 'reader' New");
    }

    [Test]
    public void What_is_spawned_in_a_turn_runs_in_the_next()
    {
        Scheduler.Spawn(Spawns());
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("parent");
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("parent", "child");
    }

    [Test]
    public void One_that_pauses_for_ever_keeps_nobody_from_a_socket()
    {
        var peer = simulation.Connect();
        Scheduler.Spawn(PausesForEver());
        Scheduler.Spawn(Reads(peer));
        peer.Sends("hello");
        for (var turn = 0; turn < 3; turn++)
            Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("read");
    }

    [Test]
    public void One_that_only_calls_children_that_never_wait_keeps_nobody_from_running()
    {
        Scheduler.Spawn(CallsForEver());
        Scheduler.Spawn(Tells("other"));
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("other");
    }

    [Test]
    public void One_that_only_calls_children_that_never_wait_can_be_cancelled()
    {
        var busy = Scheduler.Spawn(CallsForEver());
        Scheduler.Turn(TimeSpan.Zero);
        busy.Cancel();
        busy.State.ShouldBe(CoroutineState.Cancelled);
    }

    [Test]
    public void One_that_only_calls_children_that_never_wait_can_be_cancelled_before_it_begins()
    {
        var busy = Scheduler.Spawn(CallsForEver());
        busy.Cancel();
        busy.State.ShouldBe(CoroutineState.Cancelled);
    }

    [Test]
    public void Run_ends_when_all_have_ended()
    {
        Scheduler.Spawn(Sleeps(TimeSpan.FromHours(1)));
        Scheduler.Run();
        story.ShouldBe("awake");
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void Run_with_nothing_to_run_returns()
    {
        Scheduler.Run();
        Scheduler.Turns.ShouldBe(0);
    }

    [Test]
    public void Stop_cancels_what_still_runs()
    {
        Scheduler.Spawn(Owns());
        Scheduler.Spawn(Stops());
        Scheduler.Run();
        story.ShouldBe("owns", "released it");
        Scheduler.Count.ShouldBe(0);
    }

    [Test]
    public void Stop_before_the_start_lets_everyone_release_what_it_was_handed()
    {
        Scheduler.Spawn(Owns());
        Scheduler.Stop();
        Scheduler.Run();
        story.ShouldBe("owns", "released it");
    }

    [Test]
    public void What_is_spawned_after_the_stop_is_cancelled_at_its_first_wait()
    {
        Scheduler.Stop();
        Scheduler.Run();
        Scheduler.Spawn(Owns()).State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("owns", "released it");
    }

    [Test]
    public void A_posted_action_runs_at_the_start_of_the_next_turn()
    {
        Scheduler.Spawn(Tells("coroutine"));
        Scheduler.Post(() => story.Tell("posted"));
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("posted", "coroutine");
    }

    [Test]
    public void An_action_posted_by_an_action_runs_in_the_turn_after()
    {
        Scheduler.Post(() => Scheduler.Post(() => story.Tell("second")));
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe();
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("second");
    }

    [Test]
    public void What_a_posted_action_throws_the_turn_throws()
    {
        Scheduler.Post(() => throw new FormatException("posted"));
        Should
            .Throw<AggregateException>(() => Scheduler.Turn(TimeSpan.Zero))
            .InnerException.ShouldBeOfType<FormatException>();
    }

    [Test]
    public void Spawning_on_another_thread_during_a_turn_is_refused()
    {
        Exception? refused = null;
        Scheduler.Post(() => refused = Sync.OtherThread.Run(() => Scheduler.Spawn(Tells("other"))));
        Scheduler.Turn(TimeSpan.Zero);
        refused.ShouldBeOfType<InvalidOperationException>().Message.ShouldContain("Post");
    }

    [Test]
    public void After_the_last_number_they_begin_anew()
    {
        Scheduler.LastId = int.MaxValue - 1;
        Scheduler.Spawn(Tells("last")).Id.ShouldBe(int.MaxValue);
        Scheduler.Spawn(Tells("first")).Id.ShouldBe(1);
    }

    [Test]
    public void Cancelling_on_another_thread_during_a_turn_is_refused()
    {
        Exception? refused = null;
        var sleeper = Scheduler.Spawn(Sleeps(TimeSpan.FromHours(1)), "sleeper");
        Scheduler.Post(() => refused = Sync.OtherThread.Run(sleeper.Cancel));
        Scheduler.Turn(TimeSpan.Zero);
        refused.ShouldBeOfType<InvalidOperationException>();
        refused.Message.ShouldBe(
            "Cancel of #1 'sleeper' New was called on another thread than the scheduler's; use Post."
        );
        sleeper.HasEnded.ShouldBeFalse();
    }

    [Test]
    public void Disposing_on_another_thread_during_a_turn_is_refused_and_changes_nothing()
    {
        Exception? refused = null;
        var sleeper = Scheduler.Spawn(Sleeps(TimeSpan.FromHours(1)), "sleeper");
        Scheduler.Post(() => refused = Sync.OtherThread.Run(Scheduler.Dispose));
        Scheduler.Turn(TimeSpan.Zero);
        refused.ShouldBeOfType<InvalidOperationException>();
        refused.Message.ShouldBe("Dispose was called on another thread than the scheduler's; use Post.");
        Should.NotThrow(() => Scheduler.Turn(TimeSpan.Zero));
        Scheduler.Dispose();
        sleeper.ShouldHaveBeenCancelled();
    }

    [Test]
    public void Cancelling_a_scope_on_another_thread_during_a_turn_is_refused_and_changes_nothing()
    {
        Exception? refused = null;
        Scope? opened = null;
        Scheduler.Spawn(OpensAScope(scope => opened = scope), "opener");
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Post(() => refused = Sync.OtherThread.Run(opened!.Cancel));
        Scheduler.Turn(TimeSpan.Zero);
        refused.ShouldBeOfType<InvalidOperationException>();
        refused.Message.ShouldBe("Cancel of scope of #1 was called on another thread than the scheduler's; use Post.");
        opened!.IsCancelled.ShouldBeFalse();
    }

    [Test]
    public void Another_thread_wakes_the_loop()
    {
        using var real = new Scheduler();
        real.Spawn(Sleeps(TimeSpan.FromHours(1)));
        var other = new Thread(() => real.Post(real.Stop));
        other.Start();
        real.Run();
        other.Join();
        real.Count.ShouldBe(0);
    }

    [Test]
    public void A_disposed_scheduler_runs_nothing_more()
    {
        var owner = Scheduler.Spawn(Owns());
        Scheduler.Dispose();
        owner.State.ShouldBe(CoroutineState.Cancelled);
        Should.Throw<ObjectDisposedException>(() => Scheduler.Turn());
    }

    [Test]
    public void A_scheduler_can_be_disposed_by_a_coroutine_of_its_own()
    {
        var disposer = Scheduler.Spawn(Disposes());
        Scheduler.Turn(TimeSpan.Zero);
        disposer.State.ShouldBe(CoroutineState.Cancelled);
        story.ShouldBe("released it");
    }

    [Test]
    public void Its_poller_is_closed_once_and_asked_nothing_afterwards()
    {
        var told = new Scheduler(new TellingPoller(story));
        told.Turn(TimeSpan.Zero);
        told.Dispose();
        told.Dispose();
        story.ShouldBe("poll", "close");
    }

    [Test]
    public void Disposed_of_in_a_turn_its_poller_is_closed_at_the_end_of_that()
    {
        var told = new Scheduler(new TellingPoller(story));
        told.Post(told.Dispose);
        told.Turn(TimeSpan.Zero);
        story.ShouldBe("wake", "poll", "close");
    }

    [Test]
    public void A_post_and_a_stop_wake_the_poller()
    {
        using var told = new Scheduler(new TellingPoller(story));
        told.Post(() => story.Tell("posted"));
        told.Stop();
        story.ShouldBe("wake", "wake");
    }

    [Test]
    public void The_poller_is_told_of_a_socket_once_when_it_is_waited_on_and_once_when_it_is_not()
    {
        using var told = new Scheduler(new TellingPoller(story));
        var slot = new SocketSlot(number: 7);
        var reader = told.Spawn(Reads(new Waitable(slot)));
        told.Turn(TimeSpan.Zero);
        reader.Cancel();
        told.Turn(TimeSpan.Zero);
        story.ShouldBe("change fd 7", "poll", "change fd 7", "poll");
    }

    [Test]
    public void What_fails_when_it_is_stopped_is_thrown_by_run()
    {
        Scheduler.Spawn(FailsWhenReleased(), "bad");
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Stop();
        Should.Throw<CoroutineFailedException>(Scheduler.Run).Message.ShouldBe("#1 'bad' Failed failed: released");
    }

    [Test]
    public void One_that_was_ended_while_it_stood_in_the_queue_is_not_resumed()
    {
        var victim = Scheduler.Spawn(PausesForEver(), "victim");
        Scheduler.Spawn(PausesForEver(), "other");
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Attach(new Teller(story));
        var before = Scheduler.Tally.Resumed;
        Scheduler.Post(victim.Cancel);
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("resuming other");
        (Scheduler.Tally.Resumed - before).ShouldBe(1);
    }

    [Test]
    public void One_that_saw_that_a_wait_was_refused_may_pause()
    {
        Scheduler.Spawn(SeesARefusalAndPauses());
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("refused");
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("refused", "went on");
    }

    [Test]
    public void One_whose_deadline_was_reached_keeps_nothing_of_what_it_waited_for()
    {
        var reader = Scheduler.Spawn(Reads(simulation.Connect().Connection, TimeSpan.FromSeconds(1)));
        Scheduler.Turn(TimeSpan.Zero);
        simulation.Clock.Advance(TimeSpan.FromSeconds(1));
        Scheduler.Turn(TimeSpan.Zero);
        reader.State.ShouldBe(CoroutineState.Ready);
        reader.Subject.ShouldBeNull();
    }

    [Test]
    public void Nothing_is_no_action_and_no_observer()
    {
        Should.Throw<ArgumentNullException>(() => Scheduler.Post(null!));
        Should.Throw<ArgumentNullException>(() => Scheduler.Attach(null!));
    }

    private IEnumerator<Wait> Tells(string line)
    {
        story.Tell(line);
        yield break;
    }

    private static IEnumerator<Wait> OpensAScope(Action<Scope> tell)
    {
        using var scope = Scope.Open();
        tell(scope);
        yield return Sleep(TimeSpan.FromHours(1));
    }

    private IEnumerator<Wait> Spawns()
    {
        story.Tell("parent");
        Scheduler.Spawn(Tells("child"));
        yield break;
    }

    private static IEnumerator<Wait> Reads(IWaitable waitable, Deadline deadline = default)
    {
        yield return WantRead(waitable, deadline);
    }

    private static IEnumerator<Wait> FailsWhenReleased()
    {
        using var it = new Failing();
        yield return Sleep(TimeSpan.FromHours(1));
    }

    private IEnumerator<Wait> SeesARefusalAndPauses()
    {
        yield return TryCall(JoinsItself());
        story.Tell(Woken.Failure is InvalidOperationException ? "refused" : "not refused");
        yield return Pause();
        story.Tell("went on");
    }

    private static IEnumerator<Wait> JoinsItself()
    {
        yield return Join(Coroutine.Current!);
    }

    private sealed class Failing : IDisposable
    {
        public void Dispose() => throw new FormatException("released");
    }

    private sealed record Waitable(SocketSlot Slot) : IWaitable;

    private sealed class Teller(Story story) : SchedulerObserver
    {
        public override void Resuming(Coroutine coroutine) => story.Tell($"resuming {coroutine.Name}");
    }

    private static IEnumerator<Wait> PausesForEver()
    {
        while (true)
            yield return Pause();
    }

    private static IEnumerator<Wait> CallsForEver()
    {
        while (true)
            yield return Call(Nothing());
    }

    private static IEnumerator<Wait> Nothing()
    {
        yield break;
    }

    private IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
        story.Tell("read");
    }

    private IEnumerator<Wait> Sleeps(TimeSpan time)
    {
        yield return Sleep(time);
        story.Tell("awake");
    }

    private IEnumerator<Wait> Owns()
    {
        story.Tell("owns");
        using var it = story.Owned("it");
        yield return Sleep(Timeout.InfiniteTimeSpan);
    }

    private IEnumerator<Wait> Stops()
    {
        Scheduler.Stop();
        yield break;
    }

    private IEnumerator<Wait> Disposes()
    {
        using var it = story.Owned("it");
        Scheduler.Dispose();
        yield return Pause();
        story.Tell("never");
    }
}
