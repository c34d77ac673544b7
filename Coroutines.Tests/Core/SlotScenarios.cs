using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: one socket has one reader and one writer, and closing it ends their waits.</summary>
public sealed class SlotScenarios
{
    private readonly Simulation simulation = new();
    private readonly Story story = new();
    private ScriptedPeer peer = null!;

    private Scheduler Scheduler => simulation.Scheduler;

    [SetUp]
    public void GivenAPeer()
    {
        peer = simulation.Connect();
        peer.Window = 0;
        Scheduler.Failed += (_, failure) => story.Tell(failure.Message);
    }

    [TearDown]
    public void End() => simulation.Dispose();

    [TestCase(WaitKind.Read, WaitKind.Read, "read", "reader")]
    [TestCase(WaitKind.Write, WaitKind.Write, "write", "writer")]
    [TestCase(WaitKind.ReadOrWrite, WaitKind.Write, "write", "writer")]
    [TestCase(WaitKind.Read, WaitKind.ReadOrWrite, "read", "reader")]
    public void A_second_one_fails_and_is_told_who_was_first(WaitKind one, WaitKind two, string to, string role)
    {
        var first = Scheduler.Spawn(Waits(one), "client 7");
        var second = Scheduler.Spawn(Waits(two), "client 12");
        simulation.RunUntilIdle();
        first.State.ShouldBe(CoroutineState.Suspended);
        second.State.ShouldBe(CoroutineState.Failed);
        story.ShouldBe($"Coroutines 'client 12' and 'client 7' both wait to {to} fd 3; one socket has one {role}.");
    }

    [Test]
    public void A_refused_wait_leaves_the_other_direction_free()
    {
        Scheduler.Spawn(Waits(WaitKind.Write), "writer");
        Scheduler.Spawn(Waits(WaitKind.ReadOrWrite), "refused");
        simulation.RunUntilIdle();
        var reader = Scheduler.Spawn(Waits(WaitKind.Read), "reader");
        simulation.RunUntilIdle();
        peer.Connection.Slot.Reader.ShouldBe(reader);
    }

    [Test]
    public void A_reader_and_a_writer_wait_side_by_side()
    {
        Scheduler.Spawn(Waits(WaitKind.Read));
        Scheduler.Spawn(Waits(WaitKind.Write));
        simulation.RunUntilIdle();
        peer.Sends("hello");
        peer.Window = 1;
        simulation.RunUntilIdle();
        story.ShouldBe("Read woken", "Write woken");
    }

    [Test]
    public void Closing_wakes_both()
    {
        Scheduler.Spawn(Waits(WaitKind.Read));
        Scheduler.Spawn(Waits(WaitKind.Write));
        simulation.RunUntilIdle();
        peer.Connection.Dispose();
        simulation.RunUntilIdle();
        story.ShouldBe("Read closed", "Write closed");
        Scheduler.Watched.Count.ShouldBe(0);
    }

    [Test]
    public void Closing_wakes_one_that_waits_for_either_once()
    {
        Scheduler.Spawn(Waits(WaitKind.ReadOrWrite));
        simulation.RunUntilIdle();
        peer.Connection.Dispose();
        simulation.RunUntilIdle();
        story.ShouldBe("ReadOrWrite closed");
    }

    [Test]
    public void A_wait_on_a_closed_connection_ends_at_once()
    {
        peer.Connection.Dispose();
        Scheduler.Spawn(Waits(WaitKind.Read));
        simulation.RunUntilIdle();
        story.ShouldBe("Read closed");
    }

    [Test]
    public void A_reset_wakes_both()
    {
        Scheduler.Spawn(Waits(WaitKind.Read));
        Scheduler.Spawn(Waits(WaitKind.Write));
        simulation.RunUntilIdle();
        peer.Resets();
        simulation.RunUntilIdle();
        story.ShouldBe("Read woken", "Write woken");
        peer.Connection.Receive(new byte[1], out _).ShouldBe(ReceiveResult.Reset);
    }

    [Test]
    public void A_cancelled_one_leaves_its_place()
    {
        var first = Scheduler.Spawn(Waits(WaitKind.Read));
        simulation.RunUntilIdle();
        first.Cancel();
        simulation.RunUntilIdle();
        Scheduler.Watched.Count.ShouldBe(0);
        Scheduler.Spawn(Waits(WaitKind.Read));
        peer.Sends("hello");
        simulation.RunUntilIdle();
        story.ShouldBe("Read woken");
    }

    [Test]
    public void One_that_was_left_just_now_counts_as_watched_no_more()
    {
        var reader = Scheduler.Spawn(Waits(WaitKind.Read));
        simulation.RunUntilIdle();
        reader.Cancel();
        simulation.ShouldHaveNothingLeft();
    }

    [Test]
    public void A_slot_is_that_of_a_socket() =>
        Should.Throw<ArgumentNullException>(() => new SocketSlot(socket: null!)).ParamName.ShouldBe("socket");

    [Test]
    public void One_whose_deadline_is_reached_leaves_its_place()
    {
        Scheduler.Spawn(Waits(WaitKind.ReadOrWrite, TimeSpan.FromSeconds(1)));
        simulation.Advance(TimeSpan.FromSeconds(1));
        Scheduler.Watched.Count.ShouldBe(0);
        peer.Connection.Slot.Reader.ShouldBeNull();
        peer.Connection.Slot.Writer.ShouldBeNull();
    }

    [Test]
    public void A_socket_belongs_to_one_scheduler()
    {
        Scheduler.Spawn(Waits(WaitKind.Read));
        simulation.RunUntilIdle();
        using var other = new Simulation();
        var stranger = other.Scheduler.Spawn(Waits(WaitKind.Write));
        Should
            .Throw<CoroutineFailedException>(() => other.RunUntilIdle())
            .InnerException!.Message.ShouldContain("another scheduler");
        stranger.State.ShouldBe(CoroutineState.Failed);
    }

    private IEnumerator<Wait> Waits(WaitKind kind, Deadline deadline = default)
    {
        yield return kind switch
        {
            WaitKind.Read => WantRead(peer.Connection, deadline),
            WaitKind.Write => WantWrite(peer.Connection, deadline),
            _ => WantReadOrWrite(peer.Connection, deadline),
        };
        story.Tell($"{kind} {(Woken.Closed ? "closed" : Woken.DeadlineReached ? "late" : "woken")}");
    }
}
