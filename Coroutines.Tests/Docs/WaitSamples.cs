using Coroutines.Sockets;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Each wait: on a direction, on both, on time, on the others' turn.</summary>
public sealed class WaitSamples
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Simulation simulation = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void A_connection_is_echoed_with_results_for_whatever_the_peer_does()
    {
        var peer = simulation.Connect();
        peer.SpuriousWakeups = 1;
        peer.MaxBytesPerSend = 2;
        peer.Sends("hello");
        peer.HalfCloses();
        var echo = simulation.Scheduler.Spawn(Echo(peer.Connection));
        simulation.RunUntilIdle();
        peer.ReceivedText.ShouldBe("hello");
        echo.State.ShouldBe(CoroutineState.Completed);
        peer.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void Two_connections_are_copied_in_both_directions_at_once()
    {
        var (left, right) = (simulation.Connect(), simulation.Connect());
        right.Window = 3;
        simulation.Scheduler.Spawn(Swap(left.Connection, "from the near end"u8.ToArray()));
        left.Sends("from the far end");
        left.HalfCloses();
        simulation.RunUntilIdle();
        left.ReceivedText.ShouldBe("from the near end");
        left.IsClosed.ShouldBeTrue();
    }

    [Test]
    public void A_ticker_does_not_drift()
    {
        var ticks = new List<TimeSpan>();
        var start = simulation.Clock.GetTimestamp();
        simulation.Scheduler.Spawn(Tick(Second, () => ticks.Add(simulation.Clock.GetElapsedTime(start))));
        simulation.Advance(3 * Second);
        ticks.ShouldBe([Second, 2 * Second, 3 * Second]);
    }

    [Test]
    public void A_long_computation_pauses_now_and_then()
    {
        var sum = simulation.Scheduler.Spawn(Sum(10_000));
        var other = simulation.Scheduler.Spawn(Tick(Second, () => { }));
        simulation.Scheduler.Turn(TimeSpan.Zero);
        sum.State.ShouldBe(CoroutineState.Ready);
        other.State.ShouldBe(CoroutineState.Suspended);
        simulation.RunUntilIdle();
        sum.Result.ShouldBe(49_995_000L);
    }

    [Test]
    public void A_read_is_given_up_at_its_timeout()
    {
        var peer = simulation.Connect();
        var read = simulation.Scheduler.Spawn(ReadByte(peer.Connection));
        simulation.Advance(TimeSpan.FromSeconds(30) - TimeSpan.FromMilliseconds(1));
        read.HasEnded.ShouldBeFalse();
        simulation.Advance(TimeSpan.FromMilliseconds(1));
        read.Result.ShouldBe("too late");
    }

    [Test]
    public void Several_waits_share_a_deadline()
    {
        var peer = simulation.Connect();
        var read = simulation.Scheduler.Spawn(ReadTwice(peer.Connection));
        simulation.Advance(9 * Second);
        peer.Sends("a");
        simulation.Advance(Second);
        read.Result.ShouldBe(1);
    }

    // sample: connection
    static IEnumerator<Wait> Echo(Connection client)
    {
        using var owned = client;
        var buffer = new byte[4096];
        while (true)
        {
            yield return WantRead(client);
            switch (client.Receive(buffer, out var received))
            {
                case ReceiveResult.Data:
                    yield return Call(client.SendAll(buffer.AsMemory(0, received)));
                    break;
                case ReceiveResult.WouldBlock:
                    break; // a spurious wakeup: wait again
                default:
                    yield break; // the peer has closed or reset the connection
            }
        }
    }

    // end sample

    // sample: read-or-write
    static IEnumerator<Wait> Swap(Connection peer, ReadOnlyMemory<byte> outgoing)
    {
        using var owned = peer;
        var incoming = new byte[4096];
        var last = ReceiveResult.Data;
        while (last is ReceiveResult.Data or ReceiveResult.WouldBlock)
        {
            yield return outgoing.IsEmpty ? WantRead(peer) : WantReadOrWrite(peer);
            var (canRead, canWrite) = (Woken.Readable, Woken.Writable);
            if (canWrite && peer.Send(outgoing.Span, out var sent) == SendResult.Sent)
                outgoing = outgoing[sent..];
            if (canRead)
                last = peer.Receive(incoming, out _);
        }
    }

    // end sample

    // sample: tick
    static IEnumerator<Wait> Tick(TimeSpan period, Action tick)
    {
        for (var next = Deadline.In(period); ; next = next.Plus(period))
        {
            yield return SleepUntil(next);
            tick();
        }
    }

    // end sample

    // sample: pause
    static IEnumerator<Wait> Sum(int count)
    {
        var sum = 0L;
        for (var i = 0; i < count; i++)
        {
            sum += i;
            if (i % 1_000 == 999)
                yield return Pause();
        }
        yield return Return(sum);
    }

    // end sample

    private static IEnumerator<Wait> ReadByte(Connection client)
    {
        // sample: timeout
        yield return WantRead(client, TimeSpan.FromSeconds(30));
        if (Woken.DeadlineReached)
            yield return Return("too late");
        // end sample
    }

    private static IEnumerator<Wait> ReadTwice(Connection client)
    {
        var buffer = new byte[1];
        var count = 0;
        // sample: deadline
        var deadline = Deadline.In(TimeSpan.FromSeconds(10));
        while (count < 2)
        {
            yield return WantRead(client, deadline);
            if (Woken.DeadlineReached)
                break;
            client.Receive(buffer, out var received);
            count += received;
        }
        // end sample
        yield return Return(count);
    }
}
