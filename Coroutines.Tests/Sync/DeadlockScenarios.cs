using Coroutines.Sync;
using Coroutines.Testing;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: a scheduler that could only wait for ever says so, and who waits for what.</summary>
public sealed class DeadlockScenarios
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Simulation simulation = new();
    private readonly Event never = new("never");

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void It_names_who_waits_for_what_and_who_holds_it()
    {
        var (left, right) = (new Semaphore(1, "left"), new Semaphore(1, "right"));
        Scheduler.Spawn(TakesBoth(left, right), "one");
        Scheduler.Spawn(TakesBoth(right, left), "other");
        var thrown = Should.Throw<DeadlockException>(Scheduler.Run);
        thrown
            .Message.Split(Environment.NewLine)
            .ShouldBe([
                "The scheduler would wait for ever: no socket is watched, no deadline is set, and no post is expected. "
                    + "There wait:",
                "  #1 'one' Suspended (Acquire semaphore 'right' (0 of 1 available; held by 'other'))",
                "  #2 'other' Suspended (Acquire semaphore 'left' (0 of 1 available; held by 'one'))",
            ]);
        thrown.Waiting.Select(coroutine => coroutine.Name).ShouldBe(["one", "other"]);
    }

    [Test]
    public void It_names_those_in_scopes_too()
    {
        Scheduler.Spawn(OpensAScope(), "parent");
        Should
            .Throw<DeadlockException>(Scheduler.Run)
            .Waiting.Select(coroutine => coroutine.ToString())
            .ShouldBe([
                "#1 'parent' Suspended (JoinScope scope of #1)",
                "#2 'child' Suspended (Event event 'never' (not set))",
            ]);
    }

    [Test]
    public void A_sleep_without_end_is_one() => ThenItIsADeadlock(Sleep(Timeout.InfiniteTimeSpan));

    [Test]
    public void A_wait_with_a_deadline_is_none() => ThenItIsNone(never.WaitUntilSet(TimeSpan.FromHours(1)));

    [Test]
    public void A_turn_without_a_limit_tells()
    {
        Scheduler.Spawn(Waits(never.WaitUntilSet()));
        Scheduler.Turn(TimeSpan.Zero);
        Should.Throw<DeadlockException>(() => Scheduler.Turn());
    }

    [Test]
    public void A_turn_with_a_limit_returns()
    {
        using var real = new Scheduler();
        real.Spawn(Waits(never.WaitUntilSet()));
        Should.NotThrow(() => real.Turn(TimeSpan.FromMilliseconds(1)));
        Should.NotThrow(() => real.Turn(TimeSpan.Zero));
    }

    [Test]
    public void With_no_coroutine_left_there_is_none() => Should.NotThrow(() => Scheduler.Turn());

    [Test]
    public void Waiting_for_a_socket_is_none()
    {
        Scheduler.Spawn(Waits(WantRead(simulation.Connect().Connection)));
        Should
            .Throw<InvalidOperationException>(Scheduler.Run)
            .Message.ShouldContain("nothing is due", customMessage: "the scripted poller was asked");
        Should.NotThrow(() => Scheduler.Turn(TimeSpan.Zero));
    }

    [Test]
    public void After_one_the_scheduler_goes_on()
    {
        var waiter = Scheduler.Spawn(Waits(never.WaitUntilSet()));
        Should.Throw<DeadlockException>(Scheduler.Run);
        never.Set();
        Should.NotThrow(Scheduler.Run);
        waiter.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void A_failure_that_nobody_saw_is_told_instead()
    {
        Scheduler.Spawn(Waits(never.WaitUntilSet()));
        Scheduler.Spawn(Fails());
        Should.Throw<CoroutineFailedException>(Scheduler.Run).InnerException!.Message.ShouldBe("broken");
        Should.Throw<DeadlockException>(Scheduler.Run);
    }

    [Test]
    public void A_failure_is_told_although_somebody_waits_for_a_silent_socket()
    {
        Scheduler.Spawn(Waits(WantRead(simulation.Connect().Connection)));
        Scheduler.Spawn(Fails());
        Should.Throw<CoroutineFailedException>(Scheduler.Run);
    }

    [Test]
    public void While_posts_are_expected_there_is_none()
    {
        using var real = new Scheduler();
        var posts = real.ExpectPosts();
        var waiter = real.Spawn(Waits(never.WaitUntilSet()));
        var other = new Thread(() =>
        {
            using (posts)
                real.Post(never.Set);
        });
        other.Start();
        real.Run();
        other.Join(Patience).ShouldBeTrue();
        waiter.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void Once_the_last_promise_has_ended_a_poll_under_way_ends_and_tells()
    {
        using var real = new Scheduler();
        var (one, two) = (real.ExpectPosts(), real.ExpectPosts());
        real.Spawn(Waits(never.WaitUntilSet()));
        one.Dispose();
        one.Dispose(); // a promise ends once
        real.Turn(TimeSpan.Zero);
        var polling = new Polls();
        real.Attach(polling);
        var other = new Thread(() =>
        {
            polling.HaveBegun.Wait(Patience);
            two.Dispose();
        });
        other.Start();
        Should.Throw<DeadlockException>(real.Run);
        other.Join(Patience).ShouldBeTrue();
        polling.Limits.ShouldBe([Timeout.InfiniteTimeSpan, TimeSpan.Zero]);
    }

    private void ThenItIsADeadlock(Wait wait)
    {
        Scheduler.Spawn(Waits(wait));
        Should.Throw<DeadlockException>(Scheduler.Run);
    }

    private void ThenItIsNone(Wait wait)
    {
        Scheduler.Spawn(Waits(wait));
        Should.NotThrow(Scheduler.Run);
    }

    private static IEnumerator<Wait> Waits(Wait wait)
    {
        yield return wait;
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }

    private static IEnumerator<Wait> TakesBoth(Semaphore first, Semaphore second)
    {
        yield return first.Acquire();
        yield return Pause();
        yield return second.Acquire();
    }

    private IEnumerator<Wait> OpensAScope()
    {
        using var scope = Scope.Open();
        scope.Spawn(Waits(never.WaitUntilSet()), "child");
        yield return scope.Join();
    }

    private sealed class Polls : SchedulerObserver
    {
        public ManualResetEventSlim HaveBegun { get; } = new();

        public List<TimeSpan> Limits { get; } = [];

        public override void Polling(Coroutines.Polling.WatchList watched, TimeSpan timeout)
        {
            Limits.Add(timeout);
            HaveBegun.Set();
        }
    }
}
