using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Coroutines.Sync;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: a coroutine waits for a POSIX signal.</summary>
/// <remarks>SIGWINCH and SIGCONT: what does nothing to a process that doesn't ask for it.</remarks>
[Platform("Linux")]
[UnsupportedOSPlatform("windows")]
[NonParallelizable]
public sealed partial class SignalsScenarios
{
    private const int SigCont = 18;
    private const int SigWinch = 28;

    private readonly Scheduler scheduler = new();
    private readonly Story story = new();
    private Signals signals = null!;

    [SetUp]
    public void Open() => signals = new Signals(scheduler, PosixSignal.SIGWINCH, PosixSignal.SIGCONT);

    [TearDown]
    public void Close()
    {
        signals.Dispose();
        scheduler.Dispose();
    }

    [Test]
    public void It_wakes_who_waits()
    {
        scheduler.Spawn(Tells("waiter"));
        scheduler.Turn(TimeSpan.Zero);
        Raise(SigWinch);
        scheduler.Run();
        story.ShouldBe("waiter: SIGWINCH");
    }

    [Test]
    public void One_that_comes_before_is_kept()
    {
        Raise(SigCont);
        TurnUntilItHasCome();
        scheduler.Spawn(Tells("late"));
        scheduler.Run();
        story.ShouldBe("late: SIGCONT");
    }

    [Test]
    public void Many_of_a_kind_are_one_and_others_are_kept_beside()
    {
        signals.Deliver(PosixSignal.SIGWINCH);
        signals.Deliver(PosixSignal.SIGCONT);
        signals.Deliver(PosixSignal.SIGWINCH);
        scheduler.Spawn(Tells("first"));
        scheduler.Spawn(Tells("second"));
        var third = scheduler.Spawn(Tells("third"));
        scheduler.Turn(TimeSpan.Zero);
        scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("first: SIGWINCH", "second: SIGCONT");
        third.State.ShouldBe(CoroutineState.Suspended);
    }

    [Test]
    public void What_one_was_given_that_is_cancelled_before_it_goes_on_goes_to_the_next()
    {
        var first = scheduler.Spawn(Tells("first"));
        scheduler.Spawn(Tells("second"));
        scheduler.Turn(TimeSpan.Zero);
        signals.Deliver(PosixSignal.SIGWINCH);
        first.Cancel();
        scheduler.Run();
        story.ShouldBe("second: SIGWINCH");
    }

    [Test]
    public void What_is_given_back_comes_before_what_came_later()
    {
        signals.Deliver(PosixSignal.SIGWINCH);
        signals.Deliver(PosixSignal.SIGCONT);
        var first = scheduler.Spawn(Tells("first"));
        scheduler.Turn(TimeSpan.Zero);
        first.Cancel();
        scheduler.Spawn(Tells("second"));
        scheduler.Spawn(Tells("third"));
        scheduler.Run();
        story.ShouldBe("second: SIGWINCH", "third: SIGCONT");
    }

    [Test]
    public void A_deadline_ends_the_wait()
    {
        scheduler.Spawn(Tells("waiter", TimeSpan.FromMilliseconds(1)));
        scheduler.Run();
        story.ShouldBe("waiter: late");
    }

    [Test]
    public void Disposed_it_lets_go_who_waits()
    {
        scheduler.Spawn(Tells("waiter"));
        scheduler.Turn(TimeSpan.Zero);
        signals.Dispose();
        scheduler.Run();
        story.ShouldBe("waiter: closed");
    }

    [Test]
    public void Disposing_on_another_thread_during_a_turn_is_refused()
    {
        Exception? refused = null;
        scheduler.Post(() => refused = OtherThread.Run(signals.Dispose));
        scheduler.Turn(TimeSpan.Zero);
        refused.ShouldBeOfType<InvalidOperationException>();
        refused.Message.ShouldStartWith("Dispose of signals SIGWINCH, SIGCONT was called on another thread");
    }

    [Test]
    public void Disposed_it_keeps_nobody_who_comes_later()
    {
        signals.Dispose();
        scheduler.Spawn(Tells("late"));
        scheduler.Run();
        story.ShouldBe("late: closed");
    }

    [Test]
    public void One_that_is_named_twice_comes_once()
    {
        signals.Dispose();
        signals = new Signals(scheduler, PosixSignal.SIGWINCH, PosixSignal.SIGWINCH);
        scheduler.Spawn(Tells("first"));
        var second = scheduler.Spawn(Tells("second"));
        scheduler.Turn(TimeSpan.Zero);
        Raise(SigWinch);
        TurnUntilItHasCome();
        story.ShouldBe("first: SIGWINCH");
        second.State.ShouldBe(CoroutineState.Suspended);
    }

    [Test]
    public void None_at_all_is_refused() =>
        Should.Throw<ArgumentException>(() => new Signals(scheduler)).Message.ShouldStartWith("Signals must name one");

    [Test]
    public void One_that_the_system_keeps_to_itself_is_refused() =>
        Should.Throw<IOException>(() => new Signals(scheduler, PosixSignal.SIGWINCH, (PosixSignal)9));

    [Test]
    public void They_belong_to_one_scheduler()
    {
        using var other = new Scheduler();
        other.Failed += (_, failure) => story.Tell(failure.Message);
        other.Spawn(Tells("stranger"), "stranger");
        other.Turn(TimeSpan.Zero);
        story.ShouldBe(
            "#1 'stranger' Running can't wait for signals SIGWINCH, SIGCONT, which belong to another scheduler."
        );
    }

    [Test]
    public void Who_waits_for_one_is_no_deadlock_until_it_is_disposed()
    {
        scheduler.Spawn(Tells("waiter"));
        scheduler.Turn(TimeSpan.FromMilliseconds(1));
        scheduler.Spawn(Waits(new Event("never")));
        signals.Dispose();
        Should.Throw<DeadlockException>(scheduler.Run);
    }

    private void TurnUntilItHasCome()
    {
        var probe = scheduler.Spawn(Waits(new Event("never")));
        scheduler.Turn(ServerPatience);
        scheduler.Turn(TimeSpan.Zero); // if it came during the poll of the first
        probe.Cancel();
    }

    private static TimeSpan ServerPatience => TimeSpan.FromSeconds(20);

    private IEnumerator<Wait> Tells(string name, Deadline deadline = default)
    {
        yield return signals.WaitForNext(deadline);
        story.Tell(
            Woken.DeadlineReached ? $"{name}: late"
            : Woken.Closed ? $"{name}: closed"
            : $"{name}: {Woken.Result<PosixSignal>()}"
        );
    }

    private static IEnumerator<Wait> Waits(Event never)
    {
        yield return never.WaitUntilSet();
    }

    [LibraryImport("libc", EntryPoint = "kill")]
    private static partial int Kill(int process, int signal);

    private static void Raise(int signal) => Kill(Environment.ProcessId, signal).ShouldBe(0);
}
