using System.Net;
using System.Net.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Testing;

/// <summary>Feature: a test says what ought to be so, and is told what is instead.</summary>
public sealed class AssertionScenarios
{
    private readonly Simulation simulation = new();
    private readonly ScriptedPeer peer;

    public AssertionScenarios()
    {
        peer = simulation.Connect();
        peer.Window = 0;
        simulation.Scheduler.Failed += (_, _) => { };
    }

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void One_that_waits_to_read_is_told_from_one_that_waits_to_write()
    {
        var reads = Given(WantRead(peer.Connection));
        var writes = Given(WantWrite(peer.Connection));
        reads.ShouldBeWaitingToRead(peer.Connection);
        writes.ShouldBeWaitingToWrite(peer.Connection);
        Refusal(() => reads.ShouldBeWaitingToWrite(peer.Connection))
            .ShouldBe(
                "#1 'subject' should be waiting to write connection 127.0.0.1:40000 (fd 3), "
                    + "but is suspended at Read fd 3."
            );
        Refusal(() => writes.ShouldBeWaitingToRead(peer.Connection)).ShouldContain("but is suspended at Write fd 3.");
    }

    [Test]
    public void One_that_waits_for_either_waits_for_both()
    {
        var either = Given(WantReadOrWrite(peer.Connection));
        either.ShouldBeWaitingToRead(peer.Connection);
        either.ShouldBeWaitingToWrite(peer.Connection);
        either.ShouldBeWaiting(WaitKind.ReadOrWrite);
        Refusal(() => either.ShouldBeWaiting(WaitKind.Read)).ShouldContain("but is suspended at ReadOrWrite fd 3.");
    }

    [Test]
    public void One_that_waits_on_another_socket_does_not_wait_on_this()
    {
        var reads = Given(WantRead(simulation.Connect().Connection));
        Refusal(() => reads.ShouldBeWaitingToRead(peer.Connection)).ShouldContain("but is suspended at Read fd 4.");
    }

    [Test]
    public void Plain_sockets_are_told_as_well()
    {
        using var scheduler = new Scheduler();
        using var socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        var reads = scheduler.Spawn(Yields(WantRead(socket)));
        scheduler.Turn(TimeSpan.Zero);
        reads.ShouldBeWaitingToRead(socket);
        Refusal(() => reads.ShouldBeWaitingToWrite(socket)).ShouldContain($"waiting to write {socket.LocalEndPoint}");
    }

    [Test]
    public void One_that_sleeps_is_told_from_one_that_joins()
    {
        var sleeps = Given(Sleep(TimeSpan.FromHours(1)));
        var joins = Given(Join(sleeps));
        sleeps.ShouldBeWaiting(WaitKind.Sleep);
        joins.ShouldBeWaitingFor(sleeps);
        Refusal(() => sleeps.ShouldBeWaitingFor(joins)).ShouldEndWith("but is suspended at Sleep.");
        Refusal(() => joins.ShouldHaveCompleted()).ShouldContain("but is suspended at Join #1 'subject'");
    }

    [Test]
    public void One_that_has_completed_tells_what_it_returned()
    {
        var silent = Given(Pause());
        var returns = Given(Return("yes"));
        var counts = Given(Return(42));
        silent.ShouldHaveCompleted();
        silent.ShouldHaveReturned<object?>(null);
        returns.ShouldHaveReturned("yes");
        counts.ShouldHaveReturned(42);
        Refusal(() => returns.ShouldHaveReturned("no"))
            .ShouldBe("#2 'subject' should have returned \"no\", but has completed and returned \"yes\".");
        Refusal(() => counts.ShouldBeWaiting(WaitKind.Read)).ShouldEndWith("but has completed and returned 42.");
        Refusal(() => silent.ShouldHaveBeenCancelled()).ShouldEndWith("but has completed and returned nothing.");
    }

    [Test]
    public void One_that_has_failed_tells_with_what()
    {
        var failed = Given(Call(Fails()));
        failed.ShouldHaveFailed<FormatException>().Message.ShouldBe("It is broken.");
        failed.ShouldHaveFailed<Exception>();
        Refusal(() => failed.ShouldHaveFailed<IOException>())
            .ShouldBe(
                "#1 'subject' should have failed with IOException, "
                    + "but has failed with FormatException: It is broken."
            );
    }

    [Test]
    public void One_that_was_cancelled_has_not_completed()
    {
        var cancelled = Given(Sleep(TimeSpan.FromHours(1)));
        cancelled.Cancel();
        cancelled.ShouldHaveBeenCancelled();
        Refusal(() => cancelled.ShouldHaveCompleted()).ShouldEndWith("should have completed, but was cancelled.");
        Refusal(() => cancelled.ShouldHaveFailed<Exception>()).ShouldEndWith("but was cancelled.");
    }

    [Test]
    public void One_that_has_yet_to_run_says_so()
    {
        var fresh = simulation.Scheduler.Spawn(Yields(Sleep(TimeSpan.FromHours(1))), "subject");
        Refusal(() => fresh.ShouldBeWaiting(WaitKind.Sleep))
            .ShouldEndWith("but hasn't begun: let the simulation run first.");
        var reads = Given(WantRead(peer.Connection));
        peer.Sends("hello");
        simulation.Scheduler.Turn(TimeSpan.Zero);
        Refusal(() => reads.ShouldHaveCompleted())
            .ShouldEndWith("but is ready to go on behind Read: let the simulation run first.");
    }

    [Test]
    public void One_that_runs_says_so()
    {
        Refusal(() => Given(Call(Asserts()))).ShouldEndWith("but is running.");

        static IEnumerator<Wait> Asserts()
        {
            Coroutine.Current!.ShouldHaveCompleted();
            yield break;
        }
    }

    [Test]
    public void A_peer_knows_what_it_received()
    {
        peer.ShouldHaveReceivedNothing();
        GivenThePeerReceived("hello, world");
        peer.ShouldHaveReceived("hello, world");
        peer.ShouldHaveReceived("hello, world"u8);
        Refusal(() => peer.ShouldHaveReceivedNothing()).ShouldContain("should have received 0 bytes, but received 12");
    }

    [Test]
    public void A_difference_is_shown_in_place()
    {
        GivenThePeerReceived("HTTP/1.1 200 OK\r\n\"\\\t\0\xFF");
        Refusal(() => peer.ShouldHaveReceived("HTTP/1.1 200 OK\r\n\"\\\t\0"))
            .ShouldBe(
                """
                peer 127.0.0.1:40000 (fd 3) should have received 21 bytes, but received 22; they differ from byte 21 on:
                  expected: "HTTP/1.1 200 OK\r\n\"\\\t\x00"
                  received: "HTTP/1.1 200 OK\r\n\"\\\t\x00\xFF"
                                                          ^
                """.ReplaceLineEndings("\n")
            );
    }

    [Test]
    public void A_long_difference_is_shown_around_the_place()
    {
        GivenThePeerReceived(new string('a', 100) + "b" + new string('c', 100));
        Refusal(() => peer.ShouldHaveReceived(new string('a', 100) + "x" + new string('c', 100)))
            .ShouldBe(
                """
                peer 127.0.0.1:40000 (fd 3) should have received 201 bytes, but received 201; they differ from byte 100 on:
                  expected: "...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaxccccccccccccccccccccccccccccc..."
                  received: "...aaaaaaaaaaaaaaaaaaaaaaaaaaaaaabccccccccccccccccccccccccccccc..."
                                                              ^
                """.ReplaceLineEndings("\n")
            );
    }

    [Test]
    public void A_connection_is_open_half_closed_or_closed()
    {
        peer.ShouldBeOpen();
        Refusal(() => peer.ShouldBeClosed()).ShouldBe("peer 127.0.0.1:40000 (fd 3) should be closed, but is open.");
        peer.Connection.ShutdownSend();
        peer.ShouldBeHalfClosed();
        Refusal(() => peer.ShouldBeOpen()).ShouldEndWith("should be open, but is half-closed.");
        peer.Connection.Dispose();
        peer.ShouldBeClosed();
        Refusal(() => peer.ShouldBeHalfClosed()).ShouldEndWith("should be half-closed, but is closed.");
    }

    [Test]
    public void Who_still_waits_on_a_connection_that_should_be_closed_is_named()
    {
        Given(WantRead(peer.Connection));
        Given(WantWrite(peer.Connection));
        Refusal(() => peer.ShouldBeClosed())
            .ShouldEndWith("but is open; #1 'subject' waits to read it; #2 'subject' waits to write it.");
    }

    [Test]
    public void Nothing_is_left_of_those_that_have_ended()
    {
        Given(Pause());
        Given(WantRead(peer.Connection, TimeSpan.FromHours(1))).Cancel();
        simulation.RunUntilIdle();
        simulation.ShouldHaveNothingLeft();
    }

    [Test]
    public void What_is_left_is_named()
    {
        Given(Call(OpensAScope()));
        var left = Refusal(() => simulation.ShouldHaveNothingLeft());
        left.ShouldStartWith("Nothing should be left, but there is #1 'subject' Suspended (JoinScope ");
        left.ShouldContain("#2 'nested' Suspended (Read fd 3), deadlines: 1 (the next at ");
        left.ShouldEndWith("fd 3 watched for Read.");
    }

    [Test]
    public void Of_many_that_are_left_ten_are_named()
    {
        for (var i = 0; i < 12; i++)
            Given(Sleep(Timeout.InfiniteTimeSpan));
        Refusal(() => simulation.ShouldHaveNothingLeft())
            .ShouldEndWith("#10 'subject' Suspended (Sleep), 2 more coroutines.");
    }

    private Coroutine Given(Wait wait)
    {
        var coroutine = simulation.Scheduler.Spawn(Yields(wait), "subject");
        simulation.RunUntilIdle();
        return coroutine.Failure is AssertionFailedException failure ? throw failure : coroutine;
    }

    private void GivenThePeerReceived(string text)
    {
        peer.Window = long.MaxValue;
        simulation.Scheduler.Spawn(peer.Connection.SendAll(System.Text.Encoding.Latin1.GetBytes(text)));
        simulation.RunUntilIdle();
    }

    private static string Refusal(Action assertion) => Should.Throw<AssertionFailedException>(assertion).Message;

    private static IEnumerator<Wait> Yields(Wait wait)
    {
        yield return wait;
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("It is broken.");
    }

    private IEnumerator<Wait> OpensAScope()
    {
        using var scope = Scope.Open();
        scope.Spawn(Yields(WantRead(peer.Connection, TimeSpan.FromHours(1))), "nested");
        yield return scope.Join();
    }
}
