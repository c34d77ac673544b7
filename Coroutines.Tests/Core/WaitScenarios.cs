using System.Net.Sockets;
using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a coroutine yields what it waits for, and learns why it was resumed.</summary>
public sealed class WaitScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void A_reader_is_resumed_when_bytes_come()
    {
        var peer = simulation.Connect();
        simulation.Scheduler.Spawn(Tells(WantRead(peer.Connection)));
        simulation.RunUntilIdle();
        story.ShouldBe();
        peer.Sends("hello");
        simulation.RunUntilIdle();
        story.ShouldBe("readable");
    }

    [Test]
    public void A_writer_is_resumed_when_the_peer_has_room()
    {
        var peer = simulation.Connect();
        peer.Window = 0;
        simulation.Scheduler.Spawn(Tells(WantWrite(peer.Connection)));
        simulation.RunUntilIdle();
        story.ShouldBe();
        peer.Window = 1;
        simulation.RunUntilIdle();
        story.ShouldBe("writable");
    }

    [Test]
    public void It_says_in_words_what_is_waited_for_and_how_long()
    {
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        var descriptor = $"fd {socket.SafeHandle.DangerousGetHandle()}";
        var now = Deadline.In(TimeSpan.Zero, simulation.Clock);

        Pause().ToString().ShouldBe("Pause");
        Sleep(TimeSpan.FromMilliseconds(1_250)).ToString().ShouldBe("Sleep for 1.25 s");
        Sleep(Timeout.InfiniteTimeSpan).ToString().ShouldBe("Sleep");
        WantRead(socket).ToString().ShouldBe($"Read {descriptor}");
        WantWrite(socket, Limit).ToString().ShouldBe($"Write {descriptor} for at most 10 s");
        SleepUntil(now.Plus(Limit)).ToString(now).ShouldBe("Sleep for 10 s");
        WantRead(socket, now.Plus(Limit)).ToString(now.Plus(Tick)).ShouldBe($"Read {descriptor} for at most 9.999 s");
        WantRead(socket, now).ToString(now.Plus(Tick)).ShouldBe($"Read {descriptor} for at most 0 s");
        WantRead(socket, now).ToString().ShouldBe($"Read {descriptor} until {now.ToString()["at ".Length..]}");
        Any(Limit, WantRead(socket), Sleep(Tick))
            .ToString()
            .ShouldBe($"any of 2: Read {descriptor}, Sleep for 0.001 s for at most 10 s");
    }

    [Test]
    public void Who_waits_for_either_is_told_which()
    {
        var peer = simulation.Connect();
        peer.Window = 0;
        simulation.Scheduler.Spawn(Tells(WantReadOrWrite(peer.Connection), WantReadOrWrite(peer.Connection)));
        simulation.RunUntilIdle();
        peer.Sends("hello");
        simulation.RunUntilIdle();
        peer.Window = 1;
        simulation.RunUntilIdle();
        story.ShouldBe("readable", "readable");
    }

    [Test]
    public void Who_waits_for_either_is_told_both()
    {
        var peer = simulation.Connect();
        peer.Sends("hello");
        simulation.Scheduler.Spawn(Tells(WantReadOrWrite(peer.Connection)));
        simulation.RunUntilIdle();
        story.ShouldBe("readable writable");
    }

    [Test]
    public void A_deadline_is_reached_exactly_at_its_limit()
    {
        var peer = simulation.Connect();
        simulation.Scheduler.Spawn(Tells(WantRead(peer.Connection, Limit)));
        simulation.Advance(Limit - Tick);
        story.ShouldBe();
        simulation.Advance(Tick);
        story.ShouldBe("deadline");
    }

    [Test]
    public void A_deadline_between_two_milliseconds_is_rounded_up()
    {
        var limit = Tick + TimeSpan.FromTicks(1);
        simulation.Scheduler.Spawn(Tells(WantRead(simulation.Connect().Connection, limit)));
        simulation.RunUntilIdle();
        simulation.Advance(Tick * 2 - TimeSpan.FromTicks(1));
        story.ShouldBe();
        simulation.Advance(TimeSpan.FromTicks(1));
        story.ShouldBe("deadline");
    }

    [Test]
    public void What_comes_in_time_cancels_the_deadline()
    {
        var peer = simulation.Connect();
        simulation.Scheduler.Spawn(Tells(WantRead(peer.Connection, Limit)));
        simulation.Advance(Limit - Tick);
        peer.Sends("hello");
        simulation.Advance(Limit);
        story.ShouldBe("readable");
        simulation.Scheduler.Timers.Count.ShouldBe(0);
    }

    [Test]
    public void A_deadline_that_has_passed_is_reached_at_once()
    {
        var past = Deadline.In(TimeSpan.Zero, simulation.Clock);
        simulation.Scheduler.Spawn(Tells(WantRead(simulation.Connect().Connection, past)));
        simulation.RunUntilIdle();
        story.ShouldBe("deadline");
        simulation.Scheduler.Timers.Count.ShouldBe(0);
    }

    [Test]
    public void A_timeout_counts_from_the_yield()
    {
        var early = Sleep(Limit);
        simulation.Advance(Limit);
        simulation.Scheduler.Spawn(Tells(early));
        simulation.Advance(Limit - Tick);
        story.ShouldBe();
        simulation.Advance(Tick);
        story.ShouldBe("");
    }

    [Test]
    public void A_sleep_ends_at_its_time_and_is_no_missed_deadline()
    {
        simulation.Scheduler.Spawn(Tells(Sleep(Limit), Sleep(TimeSpan.Zero)));
        simulation.Advance(Limit);
        story.ShouldBe("", "");
    }

    [Test]
    public void A_sleep_until_a_point_ends_there()
    {
        simulation.Scheduler.Spawn(Tells(SleepUntil(Deadline.In(Limit, simulation.Clock))));
        simulation.Advance(Limit - Tick);
        story.ShouldBe();
        simulation.Advance(Tick);
        story.ShouldBe("");
    }

    [Test]
    public void A_pause_lets_the_others_run()
    {
        simulation.Scheduler.Spawn(Counts("a", Pause()));
        simulation.Scheduler.Spawn(Counts("b", default));
        simulation.RunUntilIdle();
        story.ShouldBe("a1", "b1", "a2", "b2");
    }

    [Test]
    public void A_spurious_wakeup_is_waited_out()
    {
        var peer = simulation.Connect();
        peer.SpuriousWakeups = 3;
        simulation.Scheduler.Spawn(Reads(peer.Connection));
        simulation.RunUntilIdle();
        peer.Sends("hello");
        simulation.RunUntilIdle();
        story.ShouldBe("WouldBlock", "WouldBlock", "WouldBlock", "Data");
    }

    [Test]
    public void A_timeout_is_up_to_a_year_or_infinite()
    {
        Should.NotThrow(() => Sleep(Deadline.MaxTimeout));
        Should.NotThrow(() => Sleep(Timeout.InfiniteTimeSpan));
        Should.Throw<ArgumentOutOfRangeException>(() => Sleep(Deadline.MaxTimeout + Tick));
        Should.Throw<ArgumentOutOfRangeException>(() => Sleep(-Limit)).Message.ShouldContain("0 to 365 days");
    }

    [Test]
    public void Nothing_can_be_waited_for_that_is_not_there()
    {
        Should.Throw<ArgumentNullException>(() => WantRead((IWaitable)null!));
        Should.Throw<ArgumentNullException>(() => Call(null!));
        Should.Throw<ArgumentNullException>(() => Join(null!));
    }

    [Test]
    public void A_socket_that_is_disposed_cannot_be_waited_for()
    {
        var socket = new Socket(SocketType.Stream, ProtocolType.Tcp);
        socket.Dispose();
        simulation.Scheduler.Failed += (_, failure) => story.Tell(failure.GetType().Name);
        simulation.Scheduler.Spawn(Tells(WantRead(socket)));
        simulation.RunUntilIdle();
        story.ShouldBe(nameof(ObjectDisposedException));
        simulation.Scheduler.Watched.Count.ShouldBe(0);
    }

    [Test]
    public void Only_a_running_coroutine_is_woken() =>
        Should.Throw<InvalidOperationException>(() => Woken.Readable).Message.ShouldContain("running");

    private IEnumerator<Wait> Tells(params Wait[] waits)
    {
        foreach (var wait in waits)
        {
            yield return wait;
            story.Tell(Reasons());
        }
    }

    private static string Reasons() =>
        string.Join(
            ' ',
            new[]
            {
                Woken.Readable ? "readable" : null,
                Woken.Writable ? "writable" : null,
                Woken.DeadlineReached ? "deadline" : null,
                Woken.Cancelled ? "cancelled" : null,
                Woken.Closed ? "closed" : null,
            }.Where(reason => reason is not null)
        );

    private IEnumerator<Wait> Counts(string name, Wait between)
    {
        story.Tell(name + "1");
        yield return between;
        story.Tell(name + "2");
    }

    private IEnumerator<Wait> Reads(Connection connection)
    {
        var result = ReceiveResult.WouldBlock;
        while (result == ReceiveResult.WouldBlock)
        {
            yield return WantRead(connection);
            result = connection.Receive(new byte[16], out _);
            story.Tell(result.ToString());
        }
    }
}
