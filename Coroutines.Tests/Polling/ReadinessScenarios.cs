using System.Net.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: a wait on a socket ends when the socket is ready for it, and only then.</summary>
public sealed class ReadinessScenarios(string poller) : PollerFixture(poller)
{
    private static readonly byte[] Some = [1, 2, 3];

    [Test]
    public void A_reader_is_woken_by_bytes_and_not_before()
    {
        var (near, far) = Pair();
        var seen = GivenAWait(() => WantRead(near));
        TurnUntilIdle();
        seen.ShouldBeEmpty();
        far.Send(Some);
        TurnUntilAllEnded();
        seen.ShouldBe(["readable"]);
    }

    [Test]
    public void A_reader_is_woken_by_a_half_close()
    {
        var (near, far) = Pair();
        var seen = GivenAWait(() => WantRead(near));
        TurnUntilIdle();
        far.Shutdown(SocketShutdown.Send);
        TurnUntilAllEnded();
        seen.ShouldBe(["readable"]);
    }

    [Test]
    public void A_writer_is_woken_at_once_while_there_is_room()
    {
        var (near, _) = Pair();
        var seen = GivenAWait(() => WantWrite(near));
        TurnUntilAllEnded();
        seen.ShouldBe(["writable"]);
    }

    [Test]
    public void A_writer_waits_until_the_peer_reads()
    {
        var (near, far) = Pair(bufferBytes: 4096);
        Fill(near);
        var seen = GivenAWait(() => WantWrite(near));
        TurnUntilIdle();
        seen.ShouldBeEmpty();
        Drain(far);
        TurnUntilAllEnded();
        seen.ShouldBe(["writable"]);
    }

    [Test]
    public void A_wait_for_either_tells_which_came()
    {
        var (full, far) = Pair(bufferBytes: 4096);
        Fill(full);
        var (empty, _) = Pair();
        var (both, peer) = Pair();
        peer.Send(Some);
        TurnUntilReadable(both);

        var readable = GivenAWait(() => WantReadOrWrite(full));
        var writable = GivenAWait(() => WantReadOrWrite(empty));
        var either = GivenAWait(() => WantReadOrWrite(both));
        far.Send(Some);
        TurnUntilAllEnded();

        readable.ShouldBe(["readable"]);
        writable.ShouldBe(["writable"]);
        either.ShouldBe(["readable writable"]);
    }

    [Test]
    public void Reader_and_writer_of_one_socket_are_woken_each_by_its_own()
    {
        var (near, far) = Pair(bufferBytes: 4096);
        Fill(near);
        var reader = GivenAWait(() => WantRead(near));
        var writer = GivenAWait(() => WantWrite(near));
        TurnUntilIdle();
        far.Send(Some);
        TurnUntil(() => reader.Count > 0);
        TurnUntilIdle();
        writer.ShouldBeEmpty();
        Drain(far);
        TurnUntilAllEnded();
        (reader[0], writer[0]).ShouldBe(("readable", "writable"));
    }

    [Test]
    public void A_reset_wakes_reader_and_writer()
    {
        var (near, far) = Pair(bufferBytes: 4096);
        Fill(near);
        var reader = GivenAWait(() => WantRead(near));
        var writer = GivenAWait(() => WantWrite(near));
        TurnUntilIdle();
        Reset(far);
        TurnUntilAllEnded();
        (reader[0], writer[0]).ShouldBe(("readable", "writable"));
    }

    [Test]
    public void What_stays_ready_is_reported_again()
    {
        var (near, far) = Pair();
        far.Send(Some);
        for (var i = 0; i < 3; i++)
        {
            var seen = GivenAWait(() => WantRead(near));
            TurnUntilAllEnded();
            seen.ShouldBe(["readable"]);
        }
    }

    [TestCase(10)]
    [TestCase(600)] // more than one call of epoll returns
    public void Whichever_sockets_are_ready_exactly_their_waiters_run(int count)
    {
        var random = new Random(count);
        var pairs = Enumerable.Range(0, count).Select(_ => Pair()).ToList();
        var isReady = pairs.ConvertAll(_ => random.Next(3) == 0);
        var seen = pairs.ConvertAll(pair => GivenAWait(() => WantRead(pair.Near)));
        TurnUntilIdle();
        for (var i = 0; i < count; i++)
        {
            if (isReady[i])
                pairs[i].Far.Send(Some);
        }
        TurnUntil(() => Scheduler.Count == isReady.Count(ready => !ready));
        TurnUntilIdle();
        seen.ConvertAll(each => each.Count > 0).ShouldBe(isReady);
    }

    [Test]
    public void A_socket_on_which_nobody_waits_is_not_watched()
    {
        var (near, far) = Pair();
        var seen = GivenAWait(() => WantRead(near));
        Scheduler.Spawn(SleepFor(TimeSpan.FromMinutes(1)));
        far.Send(Some);
        TurnUntil(() => seen.Count > 0);
        Reset(far);
        TurnFor(TimeSpan.FromMilliseconds(60)).ShouldBeLessThan(5);
        Scheduler.Watched.Count.ShouldBe(0);
    }

    [Test]
    public void An_urgent_byte_does_not_wake_a_writer()
    {
        var (near, far) = Pair(bufferBytes: 4096);
        Fill(near);
        var seen = GivenAWait(() => WantWrite(near));
        far.Send(Some, SocketFlags.OutOfBand);
        TurnFor(TimeSpan.FromMilliseconds(60)).ShouldBeLessThan(5);
        seen.ShouldBeEmpty();
    }

    private List<string> GivenAWait(Func<Wait> wait)
    {
        var seen = new List<string>();
        Scheduler.Spawn(WaitOnce(wait, seen));
        return seen;
    }

    private static IEnumerator<Wait> WaitOnce(Func<Wait> wait, List<string> seen)
    {
        yield return wait();
        seen.Add($"{(Woken.Readable ? "readable" : "")} {(Woken.Writable ? "writable" : "")}".Trim());
    }

    private static IEnumerator<Wait> SleepFor(TimeSpan time)
    {
        yield return Sleep(time);
    }

    private static void TurnUntilReadable(Socket socket) => socket.Poll(Patience, SelectMode.SelectRead).ShouldBeTrue();

    private static void Fill(Socket socket)
    {
        socket.Blocking = false;
        var chunk = new byte[65_536];
        // The peer's buffer takes in more a moment after ours is full.
        while (socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectWrite))
            socket.Send(chunk, SocketFlags.None, out _);
    }

    private static void Drain(Socket socket)
    {
        var chunk = new byte[65_536];
        while (socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectRead))
            socket.Receive(chunk);
    }
}
