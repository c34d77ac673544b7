using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Testing;

/// <summary>Feature: a simulation runs until every coroutine is suspended, and names those that never are.</summary>
public sealed class RunUntilIdleScenarios
{
    private readonly Simulation simulation = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void All_are_suspended_afterwards()
    {
        var pauses = Scheduler.Spawn(Pauses(100));
        var reads = Scheduler.Spawn(Reads(simulation.Connect()));
        var sleeps = Scheduler.Spawn(Sleeps(TimeSpan.FromDays(1)));
        simulation.RunUntilIdle();
        pauses.ShouldHaveCompleted();
        reads.ShouldBeWaiting(WaitKind.Read);
        sleeps.ShouldBeWaiting(WaitKind.Sleep);
    }

    [Test]
    public void A_failure_on_the_way_leaves_it_jumping_as_before()
    {
        using var jumping = new Simulation { AutoJump = true };
        jumping.Scheduler.Spawn(FailsAfter(TimeSpan.FromSeconds(1)));
        Should.Throw<CoroutineFailedException>(() => jumping.Advance(TimeSpan.FromSeconds(2)));
        jumping.AutoJump.ShouldBeTrue();
    }

    [Test]
    public void What_has_come_already_is_received()
    {
        var peer = simulation.Connect();
        peer.SendsInPieces("hello"u8, 1);
        var reads = Scheduler.Spawn(Reads(peer));
        simulation.RunUntilIdle();
        reads.ShouldHaveCompleted();
    }

    // Three pauses take four turns: one for each, and one to the end.
    [TestCase(4, true)]
    [TestCase(3, false)]
    public void It_takes_as_many_turns_as_it_may(int maxTurns, bool isEnough)
    {
        Scheduler.Spawn(Pauses(3));
        if (isEnough)
            simulation.RunUntilIdle(maxTurns);
        else
            Should.Throw<InvalidOperationException>(() => simulation.RunUntilIdle(maxTurns));
        Scheduler.Turns.ShouldBe(maxTurns);
    }

    [Test]
    public void Who_still_runs_is_named_with_what_it_yields()
    {
        var peer = simulation.Connect();
        peer.Sends("hello");
        Scheduler.Spawn(Sleeps(TimeSpan.FromDays(1)), "sleeper");
        Scheduler.Spawn(Pauses(int.MaxValue), "busy");
        Scheduler.Spawn(NeverReceives(peer), "forgetful");
        Should
            .Throw<InvalidOperationException>(() => simulation.RunUntilIdle(1_000))
            .Message.ShouldBe(
                "After 1000 turns there is no rest: #2 'busy' yields Pause, "
                    + "#3 'forgetful' yields Read connection 127.0.0.1:40000 (fd 3)."
            );
    }

    [Test]
    public void Who_wakes_the_other_is_named_with_it()
    {
        Scheduler.Spawn(SpawnsItsSuccessor(), "first");
        Should
            .Throw<InvalidOperationException>(() => simulation.RunUntilIdle(1_000))
            .Message.ShouldContain("'successor' has ended");
    }

    [Test]
    public void Of_many_that_still_run_ten_are_named()
    {
        for (var i = 0; i < 12; i++)
            Scheduler.Spawn(Pauses(int.MaxValue));
        Should
            .Throw<InvalidOperationException>(() => simulation.RunUntilIdle(1_000))
            .Message.ShouldEndWith("#10 'coroutine 10' yields Pause and 2 more.");
    }

    [Test]
    public void Actions_that_post_themselves_are_told()
    {
        Scheduler.Post(PostAgain);
        Should
            .Throw<InvalidOperationException>(() => simulation.RunUntilIdle(1_000))
            .Message.ShouldContain("actions are posted over and over");
    }

    [Test]
    public void With_autojump_one_that_always_sleeps_again_is_named()
    {
        simulation.AutoJump = true;
        Scheduler.Spawn(SleepsAgain(), "ticker");
        Should
            .Throw<InvalidOperationException>(() => simulation.RunUntilIdle(1_000))
            .Message.ShouldContain("#1 'ticker' yields Sleep for 1 s");
    }

    [Test]
    public void It_can_go_on_afterwards()
    {
        var pauses = Scheduler.Spawn(Pauses(1_500));
        Should.Throw<InvalidOperationException>(() => simulation.RunUntilIdle(1_000));
        simulation.RunUntilIdle(1_000);
        pauses.ShouldHaveCompleted();
    }

    [Test]
    public void It_takes_at_least_one_turn()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => simulation.RunUntilIdle(0));
        simulation.RunUntilIdle(1);
        Scheduler.Turns.ShouldBe(1);
    }

    private void PostAgain() => Scheduler.Post(PostAgain);

    private static IEnumerator<Wait> Pauses(int times)
    {
        for (var i = 0; i < times; i++)
            yield return Pause();
    }

    private static IEnumerator<Wait> Sleeps(TimeSpan time)
    {
        yield return Sleep(time);
    }

    private static IEnumerator<Wait> SleepsAgain()
    {
        while (true)
            yield return Sleep(TimeSpan.FromSeconds(1));
    }

    private static IEnumerator<Wait> FailsAfter(TimeSpan time)
    {
        yield return Sleep(time);
        throw new FormatException("broken");
    }

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        var buffer = new byte[1];
        for (var left = "hello".Length; left > 0; left--)
        {
            yield return WantRead(peer.Connection);
            peer.Connection.Receive(buffer, out _);
        }
    }

    private static IEnumerator<Wait> NeverReceives(ScriptedPeer peer)
    {
        while (true)
            yield return WantRead(peer.Connection);
    }

    private IEnumerator<Wait> SpawnsItsSuccessor()
    {
        yield return Pause();
        Scheduler.Spawn(SpawnsItsSuccessor(), "successor");
    }
}
