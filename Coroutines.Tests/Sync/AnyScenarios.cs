using Coroutines.Polling;
using Coroutines.Sync;
using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: a coroutine waits for any of several things; the first to come counts, the others lose nothing.</summary>
public sealed class AnyScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private readonly Event happened = new("happened");
    private readonly Event gate = new("gate");
    private readonly Semaphore permit = new(1, "permit");
    private readonly Channel<int> one = new(1, "one");
    private readonly Channel<int> other = new(1, "other");

    private Scheduler Scheduler => simulation.Scheduler;

    [SetUp]
    public void FailuresAreTold() => Scheduler.Failed += (_, failure) => story.Tell(failure.Message);

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void The_first_to_come_counts_and_the_others_are_withdrawn()
    {
        Scheduler.Spawn(Selects());
        simulation.RunUntilIdle();
        other.TrySend(7);
        one.TrySend(8);
        simulation.RunUntilIdle();
        story.ShouldBe("1: 7");
        one.Count.ShouldBe(1);
        (one.ReceiverCount + other.ReceiverCount).ShouldBe(0);
    }

    [Test]
    public void Of_those_that_have_come_already_the_first_in_order_counts()
    {
        one.TrySend(7);
        other.TrySend(8);
        Scheduler.Spawn(Selects());
        simulation.RunUntilIdle();
        story.ShouldBe("0: 7");
        other.Count.ShouldBe(1);
    }

    [Test]
    public void Of_sockets_that_one_poll_finds_ready_the_first_in_order_counts()
    {
        var (first, second, third) = (simulation.Connect(), simulation.Connect(), simulation.Connect());
        first.Window = 0;
        Scheduler.Spawn(Writes(first)); // so the first is watched already, and found before the others
        simulation.RunUntilIdle();
        Scheduler.Spawn(
            Tells(() => Any(WantRead(second.Connection), WantRead(third.Connection), WantRead(first.Connection)))
        );
        simulation.RunUntilIdle();
        first.Sends("x");
        second.Sends("x");
        third.Sends("x");
        simulation.RunUntilIdle();
        story.ShouldBe("0 readable");
        Scheduler.Watched.ShouldHaveSingleItem().Watched.ShouldBe(Interest.Write);
    }

    [Test]
    public void A_socket_that_is_ready_for_another_one_alone_does_not_count([Values] bool reads)
    {
        var (shared, own) = (simulation.Connect(), simulation.Connect());
        shared.Window = 0;
        Scheduler.Spawn(reads ? Writes(shared) : Reads(shared));
        var wait = reads ? WantRead(shared.Connection) : WantWrite(shared.Connection);
        Scheduler.Spawn(Tells(() => Any(wait, WantRead(own.Connection))));
        simulation.RunUntilIdle();
        if (reads)
            shared.Window = 1;
        else
            shared.Sends("x");
        own.Sends("x");
        simulation.RunUntilIdle();
        story.ShouldBe("1 readable");
    }

    [Test]
    public void A_socket_that_is_silent_does_not_count()
    {
        var (silent, other) = (simulation.Connect(), simulation.Connect());
        Scheduler.Spawn(Tells(() => Any(WantRead(silent.Connection), WantRead(other.Connection))));
        simulation.RunUntilIdle();
        other.Sends("x");
        simulation.RunUntilIdle();
        story.ShouldBe("1 readable");
    }

    [TestCase(true)]
    [TestCase(false)]
    public void Of_two_directions_of_one_socket_the_first_in_order_counts(bool readFirst)
    {
        var peer = simulation.Connect();
        peer.Sends("x");
        var (read, write) = (WantRead(peer.Connection), WantWrite(peer.Connection));
        Scheduler.Spawn(Tells(() => readFirst ? Any(read, write) : Any(write, read)));
        simulation.RunUntilIdle();
        story.ShouldBe(readFirst ? "0 readable" : "0 writable");
        peer.Connection.Slot.Reader.ShouldBeNull();
        peer.Connection.Slot.Writer.ShouldBeNull();
    }

    [Test]
    public void It_waits_for_each_kind_of_thing([Range(0, 6)] int which)
    {
        var peer = simulation.Connect();
        peer.Window = 0;
        permit.TryAcquire();
        other.TrySend(0);
        var target = Scheduler.Spawn(WaitsForTheGate());
        Scheduler.Spawn(
            Tells(() =>
                Any(
                    WantRead(peer.Connection),
                    Sleep(Limit),
                    happened.WaitUntilSet(),
                    permit.Acquire(),
                    one.Receive(),
                    other.Send(1),
                    Join(target)
                )
            )
        );
        simulation.RunUntilIdle();
        Action[] comes =
        [
            () => peer.Sends("x"),
            () => simulation.Advance(Limit),
            happened.Set,
            permit.Release,
            () => one.TrySend(5),
            () => other.TryReceive(out _),
            gate.Set,
        ];
        comes[which]();
        simulation.RunUntilIdle();
        story.ShouldBe($"{which}{(which == 0 ? " readable" : which is 4 or 6 ? " with 5" : "")}");
        ThenNobodyWaits();
    }

    [Test]
    public void Cancelled_it_is_withdrawn_from_everything()
    {
        var peer = simulation.Connect();
        permit.TryAcquire();
        other.TrySend(0);
        var target = Scheduler.Spawn(WaitsForTheGate());
        var waiter = Scheduler.Spawn(
            Tells(() =>
                Any(
                    WantRead(peer.Connection, Limit),
                    Sleep(Limit),
                    happened.WaitUntilSet(Limit),
                    permit.Acquire(Limit),
                    one.Receive(Limit),
                    other.Send(1, Limit),
                    TryJoin(target, Limit)
                )
            )
        );
        simulation.RunUntilIdle();
        Scheduler.Timers.Count.ShouldBe(7);
        waiter.Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe();
        ThenNobodyWaits();
    }

    [Test]
    public void An_item_is_given_back_by_one_that_is_cancelled_before_it_is_resumed()
    {
        var selects = Scheduler.Spawn(Selects());
        simulation.RunUntilIdle();
        other.TrySend(7);
        selects.State.ShouldBe(CoroutineState.Ready);
        selects.Cancel();
        other.Count.ShouldBe(1);
    }

    [Test]
    public void A_permit_is_given_back_by_one_that_is_cancelled_before_it_is_resumed()
    {
        permit.TryAcquire();
        var waiter = Scheduler.Spawn(Tells(() => Any(happened.WaitUntilSet(), permit.Acquire())));
        simulation.RunUntilIdle();
        permit.Release();
        permit.Available.ShouldBe(0);
        waiter.Cancel();
        permit.Available.ShouldBe(1);
    }

    [Test]
    public void A_deadline_of_one_of_them_counts_as_its_end()
    {
        Scheduler.Spawn(Tells(() => Any(happened.WaitUntilSet(Limit * 2), one.Receive(Limit))));
        simulation.Advance(Limit - Tick);
        story.ShouldBe();
        simulation.Advance(Tick);
        story.ShouldBe("1 late");
        Scheduler.Timers.Count.ShouldBe(0);
        happened.WaiterCount.ShouldBe(0);
    }

    [TestCase(0)]
    [TestCase(1)]
    public void A_deadline_that_has_passed_already_counts_at_once(int index)
    {
        var (open, passed) = (happened.WaitUntilSet(), one.Receive(TimeSpan.Zero));
        Scheduler.Spawn(Tells(() => index == 0 ? Any(passed, open) : Any(open, passed)));
        simulation.RunUntilIdle();
        story.ShouldBe($"{index} late");
        (happened.WaiterCount + one.ReceiverCount).ShouldBe(0);
    }

    [Test]
    public void A_deadline_of_them_all_is_nobodys_end()
    {
        Scheduler.Spawn(Tells(() => Any(Limit, happened.WaitUntilSet(), one.Receive())));
        simulation.Advance(Limit);
        story.ShouldBe("-1 late");
        (happened.WaiterCount + one.ReceiverCount).ShouldBe(0);
    }

    [Test]
    public void On_a_full_channel_a_receive_is_not_met_by_its_own_send()
    {
        one.TrySend(7);
        Scheduler.Spawn(Tells(() => Any(one.Send(8), one.Receive())));
        simulation.RunUntilIdle();
        story.ShouldBe("1 with 7");
        (one.Count + one.SenderCount + one.ReceiverCount).ShouldBe(0);
    }

    [Test]
    public void On_an_empty_channel_a_send_is_not_met_by_its_own_receive()
    {
        Scheduler.Spawn(Tells(() => Any(one.Receive(), one.Send(8))));
        simulation.RunUntilIdle();
        story.ShouldBe("1");
        one.Count.ShouldBe(1);
        one.ReceiverCount.ShouldBe(0);
    }

    [Test]
    public void It_serves_another_who_waits_behind_itself()
    {
        one.TrySend(7);
        Scheduler.Spawn(Sends(8));
        var own = Any(happened.WaitUntilSet(), one.Send(9), one.Receive());
        Scheduler.Spawn(Tells(() => own));
        simulation.RunUntilIdle();
        story.ShouldBe("2 with 7");
        one.TryReceive(out var next).ShouldBeTrue();
        next.ShouldBe(8);
    }

    [Test]
    public void Of_two_receives_from_one_channel_one_takes_the_item()
    {
        Scheduler.Spawn(Tells(() => Any(one.Receive(), one.Receive())));
        simulation.RunUntilIdle();
        one.TrySend(5);
        simulation.RunUntilIdle();
        story.ShouldBe("0 with 5");
        (one.Count + one.ReceiverCount).ShouldBe(0);
    }

    [Test]
    public void One_whose_socket_is_closed_meanwhile_ends_with_that()
    {
        var peer = simulation.Connect();
        Scheduler.Spawn(Tells(() => Any(one.Receive(), WantRead(peer.Connection))));
        simulation.RunUntilIdle();
        peer.Connection.Dispose();
        simulation.RunUntilIdle();
        story.ShouldBe("1");
        one.ReceiverCount.ShouldBe(0);
    }

    [Test]
    public void More_than_an_index_can_tell_are_refused() =>
        Should
            .Throw<ArgumentException>(() => Any([.. Enumerable.Repeat(happened.WaitUntilSet(), 32_768)]))
            .Message.ShouldStartWith("Any waits for at most 32767 waits, but was given 32768.");

    [Test]
    public void It_can_be_yielded_again()
    {
        Scheduler.Spawn(SelectsThree());
        one.TrySend(1);
        simulation.RunUntilIdle();
        other.TrySend(2);
        simulation.RunUntilIdle();
        one.TrySend(3);
        simulation.RunUntilIdle();
        story.ShouldBe("0: 1", "1: 2", "0: 3");
    }

    [Test]
    public void Two_cannot_wait_for_the_same_one()
    {
        var any = Any(one.Receive(), other.Receive());
        Scheduler.Spawn(Tells(() => any), "a");
        Scheduler.Spawn(Tells(() => any), "b");
        simulation.RunUntilIdle();
        story
            .Count(
                "#2 'b' Running and #1 'a' Suspended (Any any of 2: Receive channel 'one' (0 of 1 items), "
                    + "Receive channel 'other' (0 of 1 items)) both wait for the same any of 2: "
                    + "Receive channel 'one' (0 of 1 items), Receive channel 'other' (0 of 1 items): make one for each."
            )
            .ShouldBe(1);
        one.ReceiverCount.ShouldBe(1);
    }

    [Test]
    public void A_wait_that_is_refused_withdraws_the_others_and_fails()
    {
        var peer = simulation.Connect();
        Scheduler.Spawn(Tells(() => WantRead(peer.Connection)), "reader");
        Scheduler.Spawn(Tells(() => Any(one.Receive(), WantRead(peer.Connection))), "late");
        simulation.RunUntilIdle();
        story.ShouldBe("Coroutines 'late' and 'reader' both wait to read fd 3; one socket has one reader.");
        one.ReceiverCount.ShouldBe(0);
    }

    [Test]
    public void A_joined_failure_is_the_waiters_unless_it_asked_to_see_it()
    {
        var target = Scheduler.Spawn(Fails());
        Scheduler.Spawn(Tells(() => Any(one.Receive(), Join(target))), "joins");
        Scheduler.Spawn(Tells(() => Any(one.Receive(), TryJoin(target))), "tries");
        simulation.Advance(Limit);
        story.ShouldBe("broken", "1 failed: broken");
    }

    [Test]
    public void A_task_that_fails_withdraws_the_others_and_is_told_once([Values] bool isCancelled)
    {
        var source = new TaskCompletionSource<int>();
        var joins = Scheduler.Spawn(Tells(() => Any(one.Receive(), permit.Acquire(), source.Task.Join())));
        permit.TryAcquire();
        Scheduler.Turn(TimeSpan.Zero);
        source.SetException(new FormatException("broken"));
        if (isCancelled)
            Scheduler.Post(joins.Cancel); // behind what the task has posted, and before anybody is resumed
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("broken");
        joins.State.ShouldBe(isCancelled ? CoroutineState.Cancelled : CoroutineState.Failed);
        (one.ReceiverCount + permit.WaiterCount).ShouldBe(0);
    }

    [Test]
    public void An_item_that_comes_while_a_poll_is_told_is_not_lost_to_a_socket_that_comes_first_in_order()
    {
        var (first, second) = (simulation.Connect(), simulation.Connect());
        var woken = Scheduler.Spawn(Reads(first));
        Scheduler.Spawn(Tells(() => Any(WantRead(second.Connection), one.Receive())));
        Scheduler.Attach(new SendsWhenWoken(woken, one));
        simulation.RunUntilIdle();
        first.Sends("x");
        second.Sends("x");
        simulation.RunUntilIdle();
        story.ShouldBe("1 with 7");
    }

    [Test]
    public void Any_of_nothing_is_refused() =>
        Should.Throw<ArgumentException>(() => Any()).Message.ShouldStartWith("Any waits for one wait or more");

    [TestCase(WaitKind.Pause)]
    [TestCase(WaitKind.Call)]
    [TestCase(WaitKind.Return)]
    [TestCase(WaitKind.Any)]
    public void What_is_no_wait_for_something_outside_is_refused(WaitKind kind)
    {
        var wait = kind switch
        {
            WaitKind.Pause => Pause(),
            WaitKind.Call => Call(Fails()),
            WaitKind.Return => Return(1),
            _ => Any(one.Receive()),
        };
        Should.Throw<ArgumentException>(() => Any(wait)).Message.ShouldStartWith("Any can't wait for");
    }

    [Test]
    public void Which_one_it_was_cannot_be_asked_of_a_single_wait()
    {
        Scheduler.Spawn(AsksForTheIndex(), "asks");
        simulation.RunUntilIdle();
        story.ShouldBe("#1 'asks' Running asked which of several waits ended, but waited for one: Pause.");
    }

    private void ThenNobodyWaits()
    {
        gate.Set(); // who is joined ends, and finds nobody to tell
        simulation.RunUntilIdle();
        simulation.ShouldHaveNothingLeft();
        (happened.WaiterCount + permit.WaiterCount + one.ReceiverCount + other.SenderCount).ShouldBe(0);
    }

    private IEnumerator<Wait> Selects()
    {
        yield return Any(one.Receive(), other.Receive());
        story.Tell($"{Woken.Index}: {Woken.Result<int>()}");
    }

    private IEnumerator<Wait> SelectsThree()
    {
        var any = Any(one.Receive(), other.Receive());
        for (var i = 0; i < 3; i++)
        {
            yield return any;
            story.Tell($"{Woken.Index}: {Woken.Result<int>()}");
        }
    }

    private IEnumerator<Wait> Tells(Func<Wait> wait)
    {
        yield return wait();
        story.Tell(
            Woken.Index
                + (
                    Woken.Readable ? " readable"
                    : Woken.Writable ? " writable"
                    : Woken.DeadlineReached ? " late"
                    : Woken.Failure is { } failure ? $" failed: {failure.Message}"
                    : HasResult() ? $" with {Woken.Result<int>()}"
                    : ""
                )
        );
    }

    private IEnumerator<Wait> Sends(int item)
    {
        yield return one.Send(item);
    }

    private static bool HasResult() => Coroutine.Current!.Subject is IResult or int;

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
    }

    private static IEnumerator<Wait> Writes(ScriptedPeer peer)
    {
        yield return WantWrite(peer.Connection);
    }

    private IEnumerator<Wait> WaitsForTheGate()
    {
        yield return gate.WaitUntilSet();
        yield return Return(5);
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Sleep(Limit);
        throw new FormatException("broken");
    }

    private IEnumerator<Wait> AsksForTheIndex()
    {
        yield return Pause();
        story.Tell($"never {Woken.Index}");
    }

    private sealed class SendsWhenWoken(Coroutine coroutine, Channel<int> channel) : SchedulerObserver
    {
        public override void Woken(Coroutine woken)
        {
            if (woken == coroutine)
                channel.TrySend(7);
        }
    }
}
