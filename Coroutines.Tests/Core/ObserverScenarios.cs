using Coroutines.Polling;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: an observer sees what the scheduler does; one that throws is removed and reported.</summary>
public sealed class ObserverScenarios
{
    private readonly Simulation simulation = new();
    private readonly Story story = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void It_sees_a_coroutine_from_its_beginning_to_its_end()
    {
        var peer = simulation.Connect();
        Scheduler.Attach(new Teller(story));
        Scheduler.Spawn(Reads(peer), "reader");
        peer.Sends("hello");
        simulation.RunUntilIdle();
        story.ShouldBe(
            "spawned reader",
            "resuming reader",
            "suspended reader: Read",
            "polling fd 3 for Read",
            "polled fd 3: Read",
            "woken reader",
            "resuming reader",
            "ended reader: Completed",
            "polling",
            "polled"
        );
    }

    [Test]
    public void It_sees_failures_and_cancels()
    {
        Scheduler.Failed += (_, _) => { };
        Scheduler.Attach(new Ends(story));
        Scheduler.Spawn(Fails(), "bad");
        Scheduler.Spawn(Reads(simulation.Connect()), "late").Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("late Cancelled", "bad Failed");
    }

    [Test]
    public void One_that_was_detached_sees_nothing()
    {
        var observer = new Teller(story);
        Scheduler.Attach(observer);
        Scheduler.Detach(observer);
        Scheduler.Spawn(Fails());
        story.ShouldBe();
        Scheduler.Failed += (_, _) => { };
    }

    [Test]
    public void One_is_told_only_while_it_is_active()
    {
        var observer = new Sleepy(story);
        Scheduler.Attach(observer);
        Scheduler.Spawn(Pauses(), "before");
        Scheduler.Turn(TimeSpan.Zero);
        observer.IsAwake = true;
        Scheduler.Turn(TimeSpan.Zero);
        observer.IsAwake = false;
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("resuming before in turn 2");
    }

    [Test]
    public void One_that_throws_when_asked_whether_it_is_active_is_removed_and_reported()
    {
        Scheduler.ObserverFailed += (observer, failure) => story.Tell($"{observer.GetType().Name}: {failure.Message}");
        Scheduler.Attach(new Torn());
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("Torn: undecided");
    }

    [Test]
    public void One_that_throws_is_removed_and_reported_and_the_others_go_on()
    {
        Scheduler.ObserverFailed += (observer, failure) => story.Tell($"{observer.GetType().Name}: {failure.Message}");
        Scheduler.Attach(new Throws());
        Scheduler.Attach(new Ends(story));
        Scheduler.Spawn(Reads(simulation.Connect()), "one").Cancel();
        Scheduler.Spawn(Reads(simulation.Connect()), "two").Cancel();
        story.ShouldBe("Throws: observer", "one Cancelled", "two Cancelled");
    }

    [Test]
    public void Without_a_handler_the_turn_throws()
    {
        Scheduler.Attach(new Throws());
        Scheduler.Spawn(Reads(simulation.Connect())).Cancel();
        Should.Throw<CoroutineFailedException>(() => simulation.RunUntilIdle());
    }

    [Test]
    public void One_that_cannot_be_named_is_reported_like_any()
    {
        Scheduler.Attach(new Nameless());
        Scheduler.Spawn(Pauses());
        Should
            .Throw<CoroutineFailedException>(() => simulation.RunUntilIdle())
            .Message.ShouldBe("(unreadable: FormatException) failed: broken");
        Should.NotThrow(() => Scheduler.Turn(TimeSpan.Zero));
    }

    [Test]
    public void One_may_cancel_what_is_about_to_be_resumed()
    {
        Scheduler.Attach(new Cancels());
        var victim = Scheduler.Spawn(Reads(simulation.Connect()));
        simulation.RunUntilIdle();
        victim.State.ShouldBe(CoroutineState.Cancelled);
    }

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
    }

    private static IEnumerator<Wait> Pauses()
    {
        while (true)
            yield return Pause();
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }

    private sealed class Nameless : SchedulerObserver
    {
        public override void Resuming(Coroutine coroutine) => throw new NotSupportedException("broken");

        public override string ToString() => throw new FormatException();
    }

    private sealed class Teller(Story story) : SchedulerObserver
    {
        public override void Spawned(Coroutine coroutine) => story.Tell($"spawned {coroutine.Name}");

        public override void Resuming(Coroutine coroutine) => story.Tell($"resuming {coroutine.Name}");

        public override void Suspended(Coroutine coroutine, Wait wait) =>
            story.Tell($"suspended {coroutine.Name}: {wait.Kind}");

        public override void Woken(Coroutine coroutine) => story.Tell($"woken {coroutine.Name}");

        public override void Ended(Coroutine coroutine) => story.Tell($"ended {coroutine.Name}: {coroutine.State}");

        public override void Polling(WatchList watched, TimeSpan timeout) =>
            story.Tell(string.Concat("polling", string.Concat(watched.Select(one => $" {one} for {one.Watched}"))));

        public override void Polled(IReadOnlyList<Readiness> ready) =>
            story.Tell("polled" + string.Concat(ready.Select(one => $" {one.Descriptor}: {one.Interest}")));
    }

    private sealed class Ends(Story story) : SchedulerObserver
    {
        public override void Ended(Coroutine coroutine) => story.Tell($"{coroutine.Name} {coroutine.State}");
    }

    private sealed class Sleepy(Story story) : SchedulerObserver
    {
        public bool IsAwake { get; set; }

        public override bool IsActive => IsAwake;

        public override void Resuming(Coroutine coroutine) =>
            story.Tell($"resuming {coroutine.Name} in turn {Turns(coroutine)}");

        private static long Turns(Coroutine coroutine) => ((Scheduler)coroutine.Home.Runner).Turns;
    }

    private sealed class Torn : SchedulerObserver
    {
        public override bool IsActive => throw new FormatException("undecided");
    }

    private sealed class Throws : SchedulerObserver
    {
        public override void Ended(Coroutine coroutine) => throw new FormatException("observer");
    }

    private sealed class Cancels : SchedulerObserver
    {
        public override void Resuming(Coroutine coroutine) => coroutine.Cancel();
    }
}
