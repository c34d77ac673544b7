using Coroutines.Sync;
using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sync;

/// <summary>Feature: items go from coroutine to coroutine in order; who sends faster than is received waits.</summary>
public sealed class ChannelScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private readonly Channel<int> jobs = new(2, "jobs");

    private Scheduler Scheduler => simulation.Scheduler;

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Items_come_out_in_the_order_of_sending()
    {
        Scheduler.Spawn(SendsAll(1, 2, 3, 4, 5));
        Scheduler.Spawn(Receives("a", 5));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "a got 2", "a got 3", "a got 4", "a got 5");
        jobs.Count.ShouldBe(0);
    }

    [Test]
    public void As_many_are_sent_without_waiting_as_it_holds()
    {
        var sender = Scheduler.Spawn(SendsAll(1, 2));
        simulation.RunUntilIdle();
        sender.State.ShouldBe(CoroutineState.Completed);
        jobs.Count.ShouldBe(2);
    }

    [Test]
    public void One_more_waits_until_one_is_received()
    {
        var sender = Scheduler.Spawn(SendsAll(1, 2, 3));
        simulation.RunUntilIdle();
        sender.State.ShouldBe(CoroutineState.Suspended);
        jobs.SenderCount.ShouldBe(1);
        jobs.TryReceive(out var item).ShouldBeTrue();
        item.ShouldBe(1);
        simulation.RunUntilIdle();
        sender.State.ShouldBe(CoroutineState.Completed);
        jobs.Count.ShouldBe(2);
    }

    [Test]
    public void Receivers_are_served_first_come_first_served()
    {
        SpawnReceivers("a", "b", "c");
        simulation.RunUntilIdle();
        Scheduler.Spawn(SendsAll(1, 2, 3));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "b got 2", "c got 3");
    }

    [Test]
    public void Senders_are_served_first_come_first_served()
    {
        Fill();
        foreach (var item in new[] { 3, 4, 5 })
            Scheduler.Spawn(SendsAll(item));
        simulation.RunUntilIdle();
        Scheduler.Spawn(Receives("a", 5));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "a got 2", "a got 3", "a got 4", "a got 5");
    }

    [Test]
    public void Nobody_overtakes_a_receiver_that_was_granted_an_item()
    {
        SpawnReceivers("a");
        simulation.RunUntilIdle();
        jobs.TrySend(1).ShouldBeTrue();
        jobs.TryReceive(out _).ShouldBeFalse();
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1");
    }

    [Test]
    public void Without_room_nothing_is_sent_without_waiting()
    {
        Fill();
        jobs.TrySend(3).ShouldBeFalse();
        jobs.Count.ShouldBe(2);
    }

    [Test]
    public void A_receiver_that_is_cancelled_while_it_waits_takes_nothing()
    {
        var receivers = SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        receivers[0].Cancel();
        jobs.TrySend(1);
        simulation.RunUntilIdle();
        story.ShouldBe("b got 1");
        jobs.ReceiverCount.ShouldBe(0);
    }

    [Test]
    public void A_receiver_that_is_cancelled_between_grant_and_resume_hands_its_item_to_the_next()
    {
        var receivers = SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        receivers[0].State.ShouldBe(CoroutineState.Ready);
        receivers[0].Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("b got 1");
    }

    [TestCase(0, 1)]
    [TestCase(1, 0)]
    public void Items_that_are_given_back_keep_their_order(int first, int second)
    {
        var receivers = SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        jobs.TrySend(2);
        jobs.TrySend(3);
        receivers[first].Cancel();
        receivers[second].Cancel();
        jobs.Count.ShouldBe(3);
        Scheduler.Spawn(Receives("c", 3));
        simulation.RunUntilIdle();
        story.ShouldBe("c got 1", "c got 2", "c got 3");
    }

    [Test]
    public void What_was_resumed_with_its_item_gives_nothing_back()
    {
        var receiver = Scheduler.Spawn(ReceivesAndPauses());
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        Scheduler.Turn(TimeSpan.Zero);
        story.ShouldBe("got 1");
        receiver.State.ShouldBe(CoroutineState.Ready);
        receiver.Cancel();
        jobs.Count.ShouldBe(0);
    }

    [Test]
    public void One_that_cancels_itself_with_its_item_in_hand_gives_nothing_back()
    {
        var receiver = Scheduler.Spawn(ReceivesAndCancelsItself());
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        simulation.RunUntilIdle();
        receiver.State.ShouldBe(CoroutineState.Cancelled);
        jobs.Count.ShouldBe(0);
    }

    [Test]
    public void A_finally_does_not_see_an_item_that_was_given_back()
    {
        var receiver = Scheduler.Spawn(ReceivesInTryFinally());
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        receiver.Cancel();
        story.ShouldBe("asked for a result and found none");
        jobs.Count.ShouldBe(1);
    }

    [Test]
    public void A_sender_that_is_cancelled_while_it_waits_sends_nothing()
    {
        Fill();
        var sender = Scheduler.Spawn(SendsAll(3));
        simulation.RunUntilIdle();
        sender.Cancel();
        jobs.SenderCount.ShouldBe(0);
        Scheduler.Spawn(Receives("a", 3));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "a got 2");
    }

    [Test]
    public void A_sender_that_is_cancelled_after_it_was_let_in_has_sent()
    {
        Fill();
        var sender = Scheduler.Spawn(SendsAll(3));
        simulation.RunUntilIdle();
        jobs.TryReceive(out _);
        sender.State.ShouldBe(CoroutineState.Ready);
        sender.Cancel();
        Scheduler.Spawn(Receives("a", 2));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 2", "a got 3");
    }

    [Test]
    public void One_that_is_cancelled_before_it_begins_sends_nothing()
    {
        Scheduler.Spawn(SendsAll(1)).Cancel();
        simulation.RunUntilIdle();
        jobs.Count.ShouldBe(0);
    }

    [Test]
    public void A_deadline_ends_receiving_exactly_then()
    {
        Scheduler.Spawn(Receives("a", 1, Limit));
        simulation.Advance(Limit - Tick);
        jobs.ReceiverCount.ShouldBe(1);
        simulation.Advance(Tick);
        story.ShouldBe("a late");
        jobs.ReceiverCount.ShouldBe(0);
        jobs.TrySend(1);
        jobs.Count.ShouldBe(1);
    }

    [Test]
    public void A_deadline_ends_sending_exactly_then()
    {
        Fill();
        Scheduler.Spawn(Sends(3, Limit));
        simulation.Advance(Limit - Tick);
        jobs.SenderCount.ShouldBe(1);
        simulation.Advance(Tick);
        story.ShouldBe("late with 3");
        jobs.SenderCount.ShouldBe(0);
    }

    [Test]
    public void With_no_time_at_all_one_takes_what_is_there()
    {
        jobs.TrySend(1);
        Scheduler.Spawn(Receives("a", 2, TimeSpan.Zero));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "a late");
    }

    [Test]
    public void A_send_that_was_given_up_can_be_yielded_again()
    {
        Fill();
        Scheduler.Spawn(SendsAgain(3, Limit));
        simulation.Advance(Limit);
        story.ShouldBe("late with 3");
        Scheduler.Spawn(Receives("a", 3));
        simulation.RunUntilIdle();
        story.ShouldBe("late with 3", "sent 3", "a got 1", "a got 2", "a got 3");
    }

    [Test]
    public void A_send_that_has_sent_cannot_be_yielded_again()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        Scheduler.Spawn(SendsTwice(1), "twice");
        simulation.RunUntilIdle();
        story.ShouldBe(
            "#1 'twice' Running yielded a send to channel 'jobs' (1 of 2 items) a second time: make one for each item."
        );
        jobs.Count.ShouldBe(1);
    }

    [Test]
    public void What_was_sent_before_the_end_is_still_received()
    {
        Fill();
        jobs.Close();
        Scheduler.Spawn(Receives("a", 3));
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "a got 2", "a closed");
    }

    [Test]
    public void Closing_wakes_who_waits_to_receive()
    {
        SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        jobs.Close();
        simulation.RunUntilIdle();
        story.ShouldBe("a closed", "b closed");
        jobs.ReceiverCount.ShouldBe(0);
    }

    [Test]
    public void Closing_wakes_who_waits_to_send_and_nothing_of_theirs_is_sent()
    {
        Fill();
        Scheduler.Spawn(Sends(3));
        Scheduler.Spawn(Sends(4));
        simulation.RunUntilIdle();
        jobs.Close();
        simulation.RunUntilIdle();
        story.ShouldBe("closed with 3", "closed with 4");
        jobs.Count.ShouldBe(2);
    }

    [Test]
    public void Nothing_is_sent_after_the_end()
    {
        jobs.Close();
        jobs.Close();
        jobs.TrySend(1).ShouldBeFalse();
        Scheduler.Spawn(Sends(1));
        simulation.RunUntilIdle();
        story.ShouldBe("closed with 1");
    }

    [Test]
    public void An_item_given_back_after_the_end_still_finds_a_receiver()
    {
        var receivers = SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        jobs.Close();
        receivers[0].Cancel();
        simulation.RunUntilIdle();
        story.ShouldBe("b got 1");
    }

    [Test]
    public void An_item_that_was_given_back_is_counted_once()
    {
        var first = Scheduler.Spawn(Receives("a", 1));
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        first.Cancel();
        jobs.Close();
        Scheduler.Spawn(Receives("b", 2));
        simulation.RunUntilIdle();
        story.ShouldBe("b got 1", "b closed");
    }

    [Test]
    public void Closed_with_an_item_in_hand_and_senders_waiting_it_tells_each_its_due()
    {
        SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        for (var item = 1; item <= 4; item++)
            jobs.TrySend(item).ShouldBeTrue(); // two are handed over, and it is full
        Scheduler.Spawn(Sends(5));
        var late = SpawnReceivers("c", "d", "e");
        jobs.Close();
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "b got 2", "closed with 5", "c got 3", "d got 4", "e closed");
        late.ShouldAllBe(one => one.HasEnded);
        jobs.ToString().ShouldBe("channel 'jobs' (closed, 0 of 2 items)");
    }

    [Test]
    public void After_the_end_the_others_are_told_once_the_last_item_cannot_come_back()
    {
        SpawnReceivers("a", "b");
        simulation.RunUntilIdle();
        jobs.TrySend(1);
        jobs.Close();
        simulation.RunUntilIdle();
        story.ShouldBe("a got 1", "b closed");
    }

    [Test]
    public void A_result_of_another_type_is_refused()
    {
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
        jobs.TrySend(1);
        Scheduler.Spawn(ReceivesAString());
        simulation.RunUntilIdle();
        story
            .Count("#1 'coroutine 1' Running asked for a result of type String, but the child returned Int32.")
            .ShouldBe(1);
    }

    [Test]
    public void A_result_may_be_read_as_an_object_and_twice()
    {
        jobs.TrySend(1);
        var reader = Scheduler.Spawn(ReceivesAnObject());
        simulation.RunUntilIdle();
        reader.Result.ShouldBe(((object)1, 1));
    }

    [Test]
    public void It_must_hold_an_item() =>
        Should
            .Throw<ArgumentOutOfRangeException>(() => new Channel<int>(0))
            .Message.ShouldStartWith("A channel's capacity must be 1 or more, but was 0.");

    [Test]
    public void The_text_of_a_coroutine_tells_what_it_waits_for()
    {
        var receiver = SpawnReceivers("a")[0];
        simulation.RunUntilIdle();
        receiver.ToString().ShouldBe("#1 'a' Suspended (Receive channel 'jobs' (0 of 2 items))");
        Fill();
        Fill();
        var sender = Scheduler.Spawn(SendsAll(9), "b");
        Scheduler.Turn(TimeSpan.Zero);
        sender.ToString().ShouldBe("#2 'b' Suspended (Send channel 'jobs' (2 of 2 items))");
        jobs.Close();
        jobs.ToString().ShouldBe("channel 'jobs' (closed, 2 of 2 items)");
    }

    private void Fill()
    {
        jobs.TrySend(1);
        jobs.TrySend(2);
    }

    private List<Coroutine> SpawnReceivers(params string[] names) =>
        [.. names.Select(name => Scheduler.Spawn(Receives(name, 1), name))];

    private IEnumerator<Wait> SendsAll(params int[] items)
    {
        foreach (var item in items)
            yield return jobs.Send(item);
    }

    private IEnumerator<Wait> Sends(int item, Deadline deadline = default)
    {
        yield return jobs.Send(item, deadline);
        story.Tell($"{Outcome()} {item}");
    }

    private IEnumerator<Wait> SendsAgain(int item, TimeSpan limit)
    {
        var send = jobs.Send(item, limit);
        yield return send;
        story.Tell($"{Outcome()} {item}");
        yield return send;
        story.Tell($"{Outcome()} {item}");
    }

    private IEnumerator<Wait> SendsTwice(int item)
    {
        var send = jobs.Send(item);
        yield return send;
        yield return send;
        story.Tell("never");
    }

    private static string Outcome() =>
        Woken.Closed ? "closed with"
        : Woken.DeadlineReached ? "late with"
        : "sent";

    private IEnumerator<Wait> Receives(string name, int count, Deadline deadline = default)
    {
        for (var i = 0; i < count; i++)
        {
            yield return jobs.Receive(deadline);
            story.Tell(
                Woken.Closed ? $"{name} closed"
                : Woken.DeadlineReached ? $"{name} late"
                : $"{name} got {Woken.Result<int>()}"
            );
        }
    }

    private IEnumerator<Wait> ReceivesAndPauses()
    {
        yield return jobs.Receive();
        story.Tell($"got {Woken.Result<int>()}");
        yield return Pause();
        story.Tell("never");
    }

    private IEnumerator<Wait> ReceivesAndCancelsItself()
    {
        yield return jobs.Receive();
        Coroutine.Current!.Cancel();
        yield return jobs.Receive();
        story.Tell("never");
    }

    private IEnumerator<Wait> ReceivesInTryFinally()
    {
        try
        {
            yield return jobs.Receive();
            story.Tell("never");
        }
        finally
        {
            story.Tell(HasResult() ? "found a result" : "asked for a result and found none");
        }
    }

    private static bool HasResult()
    {
        try
        {
            return Woken.Result<int>() > 0;
        }
        catch (InvalidOperationException)
        {
            return false; // as it should be: there is none
        }
    }

    private IEnumerator<Wait> ReceivesAString()
    {
        yield return jobs.Receive();
        story.Tell(Woken.Result<string>());
    }

    private IEnumerator<Wait> ReceivesAnObject()
    {
        yield return jobs.Receive();
        yield return Return((Woken.Result<object>(), Woken.Result<int>()));
    }
}
