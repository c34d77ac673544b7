using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: one coroutine runs to its end on a thread of its own, as it would on a scheduler.</summary>
public sealed class BlockingDriverScenarios
{
    private static readonly TimeSpan Short = TimeSpan.FromMilliseconds(30);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly List<Socket> sockets = [];
    private readonly List<string> log = [];

    [TearDown]
    public void Close() => sockets.ForEach(socket => socket.Dispose());

    [Test]
    public void It_serves_a_connection()
    {
        var (near, far) = Pair();
        var server = new Thread(() => BlockingDriver.Run(AnswerOnce(near)));
        server.Start();
        far.Send("GET / HT"u8);
        far.Send("TP/1.1\r\n\r\n"u8);
        ReceiveAll(far).ShouldBe("HTTP/1.1 200 OK\r\n\r\n");
        server.Join(Patience).ShouldBeTrue();
    }

    [Test]
    public void It_returns_the_result() => BlockingDriver.Run(Returning(42)).ShouldBe(42);

    [Test]
    public void It_returns_null_without_a_result() => BlockingDriver.Run(Pausing(3)).ShouldBeNull();

    [Test]
    public void It_throws_what_the_coroutine_fails_with() =>
        Should.Throw<InvalidDataException>(() => BlockingDriver.Run(Failing())).Message.ShouldBe("failed");

    [Test]
    public void A_read_ends_at_its_deadline_and_not_before()
    {
        var (near, _) = Pair();
        var watch = Stopwatch.StartNew();
        BlockingDriver.Run(ReadUntil(near, Short));
        watch.Elapsed.ShouldBeGreaterThanOrEqualTo(Short);
        log.ShouldBe(["deadline"]);
    }

    [Test]
    public void A_write_to_a_peer_that_reads_nothing_ends_at_its_deadline()
    {
        var (near, _) = Pair();
        BlockingDriver.Run(WriteUntil(near, Short));
        log.ShouldBe(["deadline"]);
    }

    [Test]
    public void A_sleep_takes_its_time()
    {
        var watch = Stopwatch.StartNew();
        BlockingDriver.Run(SleepFor(Short));
        watch.Elapsed.ShouldBeGreaterThanOrEqualTo(Short);
    }

    [Test]
    public void A_call_is_unwound_at_its_deadline()
    {
        var (near, _) = Pair();
        BlockingDriver.Run(CallUntil(ReadForEver(near), Short));
        log.ShouldBe(["released", "deadline"]);
    }

    [Test]
    public void A_call_is_unwound_at_its_deadline_though_its_socket_is_always_ready()
    {
        var (near, _) = Pair();
        BlockingDriver.Run(CallUntil(WaitToWriteAgainAndAgain(near), Short));
        log.ShouldBe(["released", "deadline"]);
    }

    [Test]
    public void A_call_is_unwound_at_its_deadline_though_it_only_pauses()
    {
        BlockingDriver.Run(CallUntil(Pausing(10_000_000), Short));
        log.ShouldBe(["deadline"]);
    }

    [Test]
    public void The_outer_of_two_calls_is_unwound_though_the_inner_is_due_too()
    {
        var (near, _) = Pair();
        BlockingDriver.Run(CallUntil(CallUntil(ReadForEver(near), Short), Short));
        log.ShouldBe(["released", "deadline"]);
    }

    [Test]
    public void Many_children_return_their_results_one_after_the_other() =>
        BlockingDriver.Run(Sum(3_000)).ShouldBe(3_000);

    [Test]
    public void The_first_of_several_sockets_to_be_ready_ends_a_wait_for_any()
    {
        var (near, far) = Pair();
        far.Send([1]);
        BlockingDriver.Run(WaitForAny(WantRead(Pair().Near), WantRead(near), WantWrite(near))).ShouldBe(1);
    }

    [Test]
    public void A_wait_for_any_ends_at_its_deadline()
    {
        BlockingDriver.Run(WaitForAny(WantRead(Pair().Near), WantRead(Pair().Near))).ShouldBe(-1);
    }

    [Test]
    public void A_wait_for_any_with_a_closed_connection_ends_at_once()
    {
        var connection = Connection.Over(Pair().Near);
        connection.Dispose();
        BlockingDriver.Run(WaitForAny(WantRead(Pair().Near), WantRead(connection))).ShouldBe(1);
    }

    [Test]
    public void A_wait_for_any_with_what_others_must_do_fails() =>
        Should.Throw<NotSupportedException>(() => BlockingDriver.Run(WaitForAny(Sleep(Short))));

    [Test]
    public void A_wait_on_a_closed_connection_ends_at_once()
    {
        var connection = new Connection(new SocketTransport(Pair().Near));
        connection.Dispose();
        BlockingDriver.Run(ReadFrom(connection));
        log.ShouldBe(["closed"]);
    }

    [Test]
    public void A_wait_on_a_closed_socket_fails()
    {
        var (near, _) = Pair();
        near.Dispose();
        Should.Throw<ObjectDisposedException>(() => BlockingDriver.Run(ReadForEver(near)));
    }

    [Test]
    public void Spawning_another_fails_clearly() =>
        Should
            .Throw<NotSupportedException>(() => BlockingDriver.Run(Spawning()))
            .Message.ShouldBe("The blocking driver runs one coroutine alone; it can't spawn another.");

    [Test]
    public void Joining_another_fails_clearly()
    {
        using var scheduler = new Scheduler();
        var other = scheduler.Spawn(Pausing(1));
        Should
            .Throw<NotSupportedException>(() => BlockingDriver.Run(Joining(other)))
            .Message.ShouldBe("The blocking driver runs one coroutine alone; it can't Join.");
    }

    private IEnumerator<Wait> AnswerOnce(Socket client)
    {
        using var connection = new Connection(new SocketTransport(client));
        var head = new StringBuilder();
        var buffer = new byte[64];
        while (!head.ToString().EndsWith("\r\n\r\n", StringComparison.Ordinal))
        {
            yield return WantRead(connection, Patience);
            if (connection.Receive(buffer, out var received) == ReceiveResult.Data)
                head.Append(Encoding.ASCII.GetString(buffer, 0, received));
        }
        yield return Call(connection.SendAll("HTTP/1.1 200 OK\r\n\r\n"u8.ToArray()));
        log.Add(Woken.Result<SendResult>().ToString());
    }

    private static IEnumerator<Wait> Returning(object result)
    {
        yield return Return(result);
    }

    private static IEnumerator<Wait> Pausing(int times)
    {
        for (var i = 0; i < times; i++)
            yield return Pause();
    }

    private static IEnumerator<Wait> Failing()
    {
        yield return Pause();
        throw new InvalidDataException("failed");
    }

    private IEnumerator<Wait> ReadUntil(Socket socket, Deadline deadline)
    {
        yield return WantRead(socket, deadline);
        log.Add(Woken.DeadlineReached ? "deadline" : "readable");
    }

    private IEnumerator<Wait> WriteUntil(Socket socket, Deadline deadline)
    {
        var chunk = new byte[1024 * 1024];
        while (true)
        {
            yield return WantWrite(socket, deadline);
            if (Woken.DeadlineReached)
                break;
            socket.Send(chunk, SocketFlags.None, out _);
        }
        log.Add("deadline");
    }

    private static IEnumerator<Wait> SleepFor(TimeSpan time)
    {
        yield return Sleep(time);
    }

    private static IEnumerator<Wait> WaitForAny(params Wait[] waits)
    {
        yield return Any(Short, waits);
        yield return Return(Woken.Index);
    }

    private IEnumerator<Wait> CallUntil(IEnumerator<Wait> child, Deadline deadline)
    {
        yield return Call(child, deadline);
        log.Add(Woken.DeadlineReached ? "deadline" : "returned");
    }

    private IEnumerator<Wait> ReadForEver(Socket socket)
    {
        using var release = new Release(log);
        while (true)
            yield return WantRead(socket);
    }

    private IEnumerator<Wait> WaitToWriteAgainAndAgain(Socket socket)
    {
        using var release = new Release(log);
        for (var i = 0; i < 1_000_000; i++)
            yield return WantWrite(socket);
    }

    private IEnumerator<Wait> ReadFrom(Connection connection)
    {
        yield return WantRead(connection);
        log.Add(Woken.Closed ? "closed" : "readable");
    }

    private static IEnumerator<Wait> Sum(int children)
    {
        var sum = 0;
        for (var i = 0; i < children; i++)
        {
            yield return Call(Returning(1));
            sum += Woken.Result<int>();
        }
        yield return Return(sum);
    }

    private static IEnumerator<Wait> Spawning()
    {
        using var scope = Scope.Open();
        scope.Spawn(Pausing(1));
        yield return scope.Join();
    }

    private static IEnumerator<Wait> Joining(Coroutine other)
    {
        yield return Join(other);
    }

    private (Socket Near, Socket Far) Pair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(1);
        var far = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        sockets.Add(far);
        far.ReceiveTimeout = (int)Patience.TotalMilliseconds;
        far.Connect(listener.LocalEndPoint!);
        sockets.Add(listener.Accept());
        return (sockets[^1], far);
    }

    private static string ReceiveAll(Socket socket)
    {
        using var stream = new NetworkStream(socket);
        using var reader = new StreamReader(stream, Encoding.ASCII);
        return reader.ReadToEnd();
    }

    private sealed class Release(List<string> log) : IDisposable
    {
        public void Dispose() => log.Add("released");
    }
}
