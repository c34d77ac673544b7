using System.Net.Sockets;
using Coroutines.Sockets;
using Mono.Unix.Native;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: closing a socket ends the waits on it, and the next socket with its number has nothing of it.</summary>
public sealed class ClosingScenarios(string poller) : PollerFixture(poller)
{
    private static readonly byte[] Some = [1, 2, 3];

    private const long HighNumber = 900; // which no other descriptor has

    private readonly List<string> seen = [];

    public static readonly Action<Scheduler, Socket>[] Closings =
    [
        (scheduler, socket) => scheduler.Close(socket),
        (_, socket) => socket.Dispose(), // behind the scheduler's back
    ];

    [Test]
    public void Closing_a_plain_socket_ends_its_waits([ValueSource(nameof(Closings))] Action<Scheduler, Socket> close)
    {
        var (near, _) = Pair(bufferBytes: 4096);
        Fill(near);
        GivenAWait("reader", () => WantRead(near));
        GivenAWait("writer", () => WantWrite(near));
        TurnUntilIdle();
        close(Scheduler, near);
        TurnUntilAllEnded();
        seen.ShouldBe(["reader closed", "writer closed"], ignoreOrder: true);
        Scheduler.Watched.Count.ShouldBe(0);
    }

    [Test]
    public void Closing_a_connection_ends_its_waits()
    {
        var connection = GivenAConnection(Pair().Near);
        GivenAWait("reader", () => WantRead(connection));
        TurnUntilIdle();
        connection.Dispose();
        TurnUntilAllEnded();
        seen.ShouldBe(["reader closed"]);
    }

    [Test]
    public void A_wait_on_a_closed_connection_ends_at_once()
    {
        var connection = GivenAConnection(Pair().Near);
        connection.Dispose();
        GivenAWait("reader", () => WantRead(connection));
        TurnUntilAllEnded();
        seen.ShouldBe(["reader closed"]);
    }

    [Test]
    public void Closing_one_socket_leaves_the_others_their_events(
        [ValueSource(nameof(Closings))] Action<Scheduler, Socket> close
    )
    {
        var pairs = Enumerable.Range(0, 10).Select(_ => Pair()).ToList();
        for (var i = 0; i < pairs.Count; i++)
        {
            var near = pairs[i].Near;
            GivenAWait($"{i}", () => WantRead(near));
        }
        TurnUntilIdle();
        for (var i = 0; i < pairs.Count; i++)
        {
            if (i % 2 == 0)
                close(Scheduler, pairs[i].Near);
            else
                pairs[i].Far.Send(Some);
        }
        TurnUntilAllEnded();
        seen.Order().ShouldBe(pairs.Select((_, i) => i % 2 == 0 ? $"{i} closed" : $"{i} readable"));
    }

    [Test]
    public void A_number_given_again_has_no_event_of_its_last_socket(
        [ValueSource(nameof(Closings))] Action<Scheduler, Socket> close
    )
    {
        var (old, far) = Pair();
        GivenAWait("old", () => WantRead(old));
        TurnUntilIdle();
        far.Send(Some);
        var number = NumberOf(old);
        close(Scheduler, old);
        var (reborn, peer) = GivenAPairWithNumber(number);
        GivenAWait("new", () => WantRead(reborn));
        TurnUntilIdle();
        seen.ShouldBe(["old closed"]);
        peer.Send(Some);
        TurnUntilAllEnded();
        seen.ShouldBe(["old closed", "new readable"]);
    }

    [Test]
    public void A_number_given_again_within_the_batch_has_no_event_of_its_last_socket()
    {
        var (first, peerOfFirst) = Pair();
        var (second, peerOfSecond) = Pair();
        Scheduler.Spawn(CloseAndReuse(first, second));
        GivenAWait("second", () => WantRead(second));
        TurnUntilIdle();
        peerOfFirst.Send(Some);
        peerOfSecond.Send(Some);
        TurnUntil(() => Scheduler.Count == 1);
        TurnUntilIdle();
        seen.ShouldBe(["second readable"]);
    }

    [Test]
    [Platform(Include = "Linux")]
    public void A_copy_of_a_closed_socket_wakes_nobody()
    {
        var (old, far) = Pair();
        GivenAWait("old", () => WantRead(old));
        TurnUntilIdle();
        var number = NumberOf(old);
        var copy = Syscall.fcntl(number, FcntlCommand.F_DUPFD, HighNumber); // as a child that is just being started has one
        old.Dispose();
        var (reborn, _) = GivenAPairWithNumber(number);
        GivenAWait("new", () => WantRead(reborn));
        TurnUntilIdle();
        far.Send(Some);
        TurnFor(TimeSpan.FromMilliseconds(20));
        seen.ShouldBe(["old closed"]);
        Syscall.close(copy).ShouldBe(0);
    }

    [Test]
    [Platform(Include = "Linux")]
    public void A_copy_of_a_closed_socket_does_not_keep_the_loop_awake()
    {
        var (old, far) = Pair();
        var (other, peer) = Pair();
        GivenAWait("old", () => WantRead(old));
        GivenAWait("other", () => WantRead(other));
        TurnUntilIdle();
        var copy = Syscall.fcntl(NumberOf(old), FcntlCommand.F_DUPFD, HighNumber);
        old.Dispose();
        TurnUntilIdle();
        far.Send(Some); // the copy is readable from now on
        TurnFor(TimeSpan.FromMilliseconds(50)).ShouldBeLessThan(10);
        peer.Send(Some);
        TurnUntilAllEnded();
        seen.ShouldBe(["old closed", "other readable"]);
        Syscall.close(copy).ShouldBe(0);
    }

    [Test]
    public void A_socket_that_is_closed_without_its_slot_holds_up_nobody()
    {
        var (near, _) = Pair();
        var (other, peer) = Pair();
        var waitable = new Careless(near);
        GivenAWait("careless", () => WantRead(waitable));
        GivenAWait("other", () => WantRead(other));
        TurnUntilIdle();
        near.Dispose();
        TurnFor(TimeSpan.FromMilliseconds(50)).ShouldBeLessThan(10);
        peer.Send(Some);
        TurnUntil(() => seen.Contains("other readable"));
        if (PollerName != "epoll") // which tells nobody: docs of SocketSlot.Close
            seen.ShouldBe(["careless closed", "other readable"]);
    }

    [Test]
    public void A_slot_that_is_closed_alone_leaves_the_next_slot_of_its_socket_be()
    {
        var (near, _) = Pair();
        GivenAWait("old", () => WantRead(near));
        TurnUntilIdle();
        Scheduler.Watched[0].ShouldBeOfType<SocketSlot>().Close();
        GivenAWait("new", () => WantRead(near));
        TurnUntilIdle();
        Scheduler.Close(near);
        TurnUntilAllEnded();
        seen.ShouldBe(["old closed", "new closed"]);
    }

    [Test]
    public void A_connection_may_be_closed_after_its_scheduler()
    {
        var connection = GivenAConnection(Pair().Near);
        GivenAWait("reader", () => WantRead(connection));
        TurnUntilIdle();
        Scheduler.Dispose();
        Should.NotThrow(connection.Dispose);
    }

    [Test]
    public void A_connection_that_outlives_its_scheduler_disturbs_no_other_one()
    {
        var (near, far) = Pair();
        var connection = GivenAConnection(near);
        GivenAWait("old", () => WantRead(connection));
        TurnUntilIdle();
        Scheduler.Dispose();
        // The next poller has the descriptors of the last.
        using var next = new Scheduler(MakePoller());
        var heard = false;
        next.Spawn(WaitOnce(() => WantRead(near), _ => heard = true));
        next.Turn(TimeSpan.Zero);
        connection.Slot.Close();
        far.Send(Some);
        for (var turns = 0; turns < 10 && !heard; turns++)
            next.Turn(TimeSpan.FromMilliseconds(100));
        heard.ShouldBeTrue();
    }

    private sealed class Careless(Socket socket) : IWaitable
    {
        public SocketSlot Slot { get; } = new(socket);
    }

    private IEnumerator<Wait> CloseAndReuse(Socket awaited, Socket victim)
    {
        yield return WantRead(awaited);
        var number = NumberOf(victim);
        Scheduler.Close(victim);
        var (reborn, _) = GivenAPairWithNumber(number);
        GivenAWait("new", () => WantRead(reborn));
    }

    private Connection GivenAConnection(Socket socket) => Own(new Connection(new SocketTransport(socket)));

    private void GivenAWait(string name, Func<Wait> wait) => Scheduler.Spawn(WaitOnce(wait, Record(name)), name);

    private Action<string> Record(string name) => reason => seen.Add($"{name} {reason}");

    private (Socket Near, Socket Far) GivenAPairWithNumber(int number)
    {
        for (var tries = 0; tries < 1_000; tries++)
        {
            var (near, far) = Pair();
            if (NumberOf(near) == number)
                return (near, far);
            if (NumberOf(far) == number)
                return (far, near);
        }
        throw new InvalidOperationException($"fd {number} wasn't given again.");
    }

    private static int NumberOf(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static IEnumerator<Wait> WaitOnce(Func<Wait> wait, Action<string> record)
    {
        yield return wait();
        record(
            Woken.Closed ? "closed"
            : Woken.Readable ? "readable"
            : "writable"
        );
    }

    private static void Fill(Socket socket)
    {
        socket.Blocking = false;
        var chunk = new byte[65_536];
        while (socket.Poll(TimeSpan.FromMilliseconds(20), SelectMode.SelectWrite))
            socket.Send(chunk, SocketFlags.None, out _);
    }
}
