using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a coroutine that fails ends alone, and is reported once.</summary>
public sealed class FailureScenarios
{
    private readonly Simulation simulation = new();
    private readonly Story story = new();

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void The_rest_live_on()
    {
        GivenFailuresAreTold();
        var failing = Scheduler.Spawn(Fails("broken"), "bad");
        var other = Scheduler.Spawn(SleepsAMinute());
        simulation.RunUntilIdle();
        failing.State.ShouldBe(CoroutineState.Failed);
        failing.Failure.ShouldBeOfType<FormatException>();
        other.State.ShouldBe(CoroutineState.Suspended);
        story.ShouldBe("bad: broken");
    }

    [Test]
    public void A_failure_before_the_first_yield_is_one_too()
    {
        GivenFailuresAreTold();
        Scheduler.Spawn(FailsAtOnce(), "bad");
        simulation.RunUntilIdle();
        story.ShouldBe("bad: at once");
    }

    [Test]
    public void Without_a_handler_the_turn_throws_and_the_scheduler_goes_on()
    {
        Scheduler.Spawn(Fails("broken"), "bad");
        var other = Scheduler.Spawn(SleepsAMinute());
        var thrown = Should.Throw<CoroutineFailedException>(() => simulation.RunUntilIdle());
        thrown.Message.ShouldContain("bad");
        thrown.InnerException.ShouldBeOfType<FormatException>();
        simulation.Advance(TimeSpan.FromMinutes(1));
        other.State.ShouldBe(CoroutineState.Completed);
    }

    [Test]
    public void Several_failures_of_one_turn_are_thrown_together()
    {
        Scheduler.Spawn(FailsAtOnce());
        Scheduler.Spawn(FailsAtOnce());
        Should.Throw<AggregateException>(() => simulation.RunUntilIdle()).InnerExceptions.Count.ShouldBe(2);
        Should.NotThrow(() => simulation.RunUntilIdle());
    }

    [Test]
    public void What_a_handler_throws_is_not_lost()
    {
        Scheduler.Failed += (_, _) => throw new NotSupportedException("handler");
        Scheduler.Spawn(FailsAtOnce());
        Should
            .Throw<AggregateException>(() => simulation.RunUntilIdle())
            .InnerException.ShouldBeOfType<NotSupportedException>();
    }

    [Test]
    public void One_whose_message_cannot_be_read_is_told_like_any()
    {
        Scheduler.Spawn(FailsUnreadably(), "bad");
        var other = Scheduler.Spawn(SleepsAMinute());
        Should
            .Throw<CoroutineFailedException>(() => simulation.RunUntilIdle())
            .Message.ShouldBe("#1 'bad' Failed failed: (unreadable: NotSupportedException)");
        simulation.Advance(TimeSpan.FromMinutes(1));
        other.ShouldHaveCompleted();
        simulation.ShouldHaveNothingLeft();
    }

    [Test]
    public void What_cannot_tell_its_socket_fails_who_waits_on_it()
    {
        GivenFailuresAreTold();
        Scheduler.Spawn(Reads(new Socketless()), "bad");
        var other = Scheduler.Spawn(SleepsAMinute());
        simulation.RunUntilIdle();
        story.ShouldBe("bad: no socket");
        other.ShouldBeWaiting(WaitKind.Sleep);
    }

    [Test]
    public void A_finally_that_fails_too_is_told_with_the_first()
    {
        GivenFailuresAreTold();
        var failing = Scheduler.Spawn(CallsAndFailsInFinally());
        simulation.RunUntilIdle();
        failing
            .Failure.ShouldBeOfType<AggregateException>()
            .InnerExceptions.Select(one => one.Message)
            .ShouldBe(["child", "finally"]);
    }

    [Test]
    public void A_finally_that_fails_while_being_cancelled_is_a_failure()
    {
        GivenFailuresAreTold();
        var failing = Scheduler.Spawn(SleepsAndFailsInFinally(), "bad");
        simulation.RunUntilIdle();
        failing.Cancel();
        failing.State.ShouldBe(CoroutineState.Failed);
        story.ShouldBe("bad: finally");
    }

    private void GivenFailuresAreTold() =>
        Scheduler.Failed += (coroutine, failure) => story.Tell($"{coroutine.Name}: {failure.Message}");

    private static IEnumerator<Wait> Fails(string message)
    {
        yield return Pause();
        throw new FormatException(message);
    }

    private static IEnumerator<Wait> FailsUnreadably()
    {
        yield return Pause();
        throw new UnreadableException();
    }

    private static IEnumerator<Wait> Reads(IWaitable waitable)
    {
        yield return WantRead(waitable);
    }

    private sealed class Socketless : IWaitable
    {
        public SocketSlot Slot => throw new NotSupportedException("no socket");
    }

    private static IEnumerator<Wait> FailsAtOnce()
    {
        if (Coroutine.Current is not null)
            throw new FormatException("at once");
        yield break;
    }

    private static IEnumerator<Wait> SleepsAMinute()
    {
        yield return Sleep(TimeSpan.FromMinutes(1));
    }

    private static IEnumerator<Wait> CallsAndFailsInFinally()
    {
        try
        {
            yield return Call(Fails("child"));
        }
        finally
        {
            Throw();
        }
    }

    private static IEnumerator<Wait> SleepsAndFailsInFinally()
    {
        try
        {
            yield return Sleep(TimeSpan.FromMinutes(1));
        }
        finally
        {
            Throw();
        }
    }

    private static void Throw() => throw new FormatException("finally");
}
