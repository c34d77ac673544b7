using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;
using Coroutines.Tests.Polling;
using Microsoft.Win32.SafeHandles;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: what a peer does is a result; no call blocks and none throws for it.</summary>
public abstract class ConnectionScenarios(string poller) : PollerFixture(poller)
{
    private static readonly byte[] Some = [1, 2, 3];

    [Test]
    public void Bytes_go_both_ways()
    {
        var (connection, far) = GivenAConnection();
        connection.Send(Some, out var sent).ShouldBe(SendResult.Sent);
        sent.ShouldBe(3);
        var buffer = new byte[10];
        far.Receive(buffer).ShouldBe(3);
        far.Send(Some);
        WhenReadable(connection);
        connection.Receive(buffer, out var received).ShouldBe(ReceiveResult.Data);
        buffer[..received].ShouldBe(Some);
    }

    [Test]
    public void Without_bytes_a_receive_would_block()
    {
        var (connection, _) = GivenAConnection();
        connection.Receive(new byte[10], out var received).ShouldBe(ReceiveResult.WouldBlock);
        received.ShouldBe(0);
    }

    [Test]
    public void Without_room_a_send_would_block()
    {
        var (connection, _) = GivenAConnection();
        var chunk = new byte[1024 * 1024];
        var last = SendResult.Sent;
        for (var i = 0; i < 1_000 && last == SendResult.Sent; i++)
            last = connection.Send(chunk, out _);
        last.ShouldBe(SendResult.WouldBlock);
    }

    [Test]
    public void After_the_peers_half_close_comes_the_end_of_file_and_sending_goes_on()
    {
        var (connection, far) = GivenAConnection();
        far.Send(Some);
        far.Shutdown(SocketShutdown.Send);
        var buffer = new byte[10];
        WhenReadable(connection);
        connection.Receive(buffer, out var received).ShouldBe(ReceiveResult.Data);
        received.ShouldBe(3);
        WhenReadable(connection);
        connection.Receive(buffer, out _).ShouldBe(ReceiveResult.PeerClosed);
        connection.Send(Some, out _).ShouldBe(SendResult.Sent);
        far.Receive(buffer).ShouldBe(3);
    }

    [Test]
    public void Its_own_half_close_lets_it_receive()
    {
        var (connection, far) = GivenAConnection();
        connection.ShutdownSend();
        far.Receive(new byte[10]).ShouldBe(0);
        far.Send(Some);
        WhenReadable(connection);
        connection.Receive(new byte[10], out _).ShouldBe(ReceiveResult.Data);
    }

    [Test]
    public void A_reset_is_a_result_of_receive_and_send()
    {
        var (connection, far) = GivenAConnection();
        Reset(far);
        WhenReadable(connection);
        connection.Receive(new byte[10], out _).ShouldBe(ReceiveResult.Reset);
        connection.Send(Some, out var sent).ShouldBe(SendResult.Reset);
        sent.ShouldBe(0);
        Should.NotThrow(connection.ShutdownSend);
        Should.NotThrow(() => connection.RemoteEndPoint);
    }

    [Test]
    public void A_closed_connection_answers_closed()
    {
        var (connection, _) = GivenAConnection();
        connection.Dispose();
        connection.Receive(new byte[10], out _).ShouldBe(ReceiveResult.Closed);
        connection.Send(Some, out _).ShouldBe(SendResult.Closed);
        connection.FinishConnect().ShouldBe(ConnectResult.Closed);
        connection.RemoteEndPoint.ShouldBeNull();
        Should.NotThrow(connection.ShutdownSend);
        Should.NotThrow(connection.Dispose);
    }

    [Test]
    public void Receiving_into_nothing_is_a_callers_mistake()
    {
        var (connection, _) = GivenAConnection();
        Should.Throw<ArgumentException>(() => connection.Receive([], out _));
    }

    [Test]
    public void SendAll_sends_more_than_all_buffers_hold()
    {
        var (connection, far) = GivenAConnection();
        var bytes = new byte[8 * 1024 * 1024];
        var result = SendResult.WouldBlock;
        Scheduler.Spawn(SendAll(connection, bytes, outcome => result = outcome));
        Scheduler.Spawn(Discard(far));
        TurnUntilAllEnded();
        result.ShouldBe(SendResult.Sent);
    }

    [TestCase(0, 1)]
    [TestCase(3, 1)]
    [TestCase(3, 100_000)]
    [TestCase(200_000, 300_000)]
    public void A_stretch_of_a_file_goes_behind_its_head(int headBytes, int count)
    {
        var (connection, far) = GivenAConnection();
        var content = RandomBytes(400_000);
        using var file = GivenAFile(content);
        var head = RandomBytes(headBytes);
        var received = WhenItIsSent(connection, far, head, file, position: 1_000, count);
        received.ShouldBe([.. head, .. content.AsSpan(1_000, count)]);
    }

    [TestCase(1)]
    [TestCase(100_000)]
    public void Of_a_file_that_ends_before_the_stretch_nothing_is_sent(int count)
    {
        var (connection, _) = GivenAConnection();
        using var file = GivenAFile(Some);
        connection.SendFile([], file, position: 3, count, out var sent).ShouldBe(SendResult.Sent);
        sent.ShouldBe(0);
    }

    [TestCase(100)]
    [TestCase(100_000)]
    public void Of_a_file_that_ends_within_the_stretch_its_end_is_sent(int count)
    {
        var (connection, _) = GivenAConnection();
        using var file = GivenAFile(Some);
        connection.SendFile(Some, file, position: 1, count, out var sent).ShouldBe(SendResult.Sent);
        sent.ShouldBe(5);
    }

    [Test]
    public void Without_room_sending_a_file_would_block()
    {
        var (connection, _) = GivenAConnection();
        using var file = GivenAFile(new byte[1024 * 1024]);
        var last = SendResult.Sent;
        for (var i = 0; i < 1_000 && last == SendResult.Sent; i++)
            last = connection.SendFile(i == 0 ? Some : [], file, position: 0, count: 1024 * 1024, out _);
        last.ShouldBe(SendResult.WouldBlock);
    }

    [TestCase(3)]
    [TestCase(100_000)]
    public void A_reset_is_a_result_of_sending_a_file_and_so_is_the_end(int count)
    {
        var (connection, far) = GivenAConnection();
        using var file = GivenAFile(Some);
        Reset(far);
        WhenReadable(connection);
        connection.Receive(new byte[10], out _).ShouldBe(ReceiveResult.Reset);
        connection.SendFile([], file, position: 0, count, out var sent).ShouldBe(SendResult.Reset);
        sent.ShouldBe(0);
        connection.Dispose();
        connection.SendFile(Some, file, position: 0, count, out _).ShouldBe(SendResult.Closed);
    }

    [Test]
    public void A_stretch_that_no_file_has_is_a_callers_mistake()
    {
        var (connection, _) = GivenAConnection();
        using var file = GivenAFile(Some);
        Should.Throw<ArgumentNullException>(() => connection.SendFile([], null!, position: 0, count: 1, out _));
        Should.Throw<ArgumentOutOfRangeException>(() => connection.SendFile([], file, position: -1, count: 1, out _));
        Should.Throw<ArgumentOutOfRangeException>(() => connection.SendFile([], file, position: 0, count: -1, out _));
    }

    [Test]
    public void Some_may_always_wait_unsent()
    {
        var (connection, _) = GivenAConnection();
        Should.Throw<ArgumentOutOfRangeException>(() => connection.LimitUnsent(0));
        connection.LimitUnsent(1);
        connection.Send(Some, out var sent).ShouldBe(SendResult.Sent);
        sent.ShouldBe(3);
        connection.Dispose();
        Should.NotThrow(() => connection.LimitUnsent(1));
    }

    [Test]
    public void Receive_and_send_allocate_nothing()
    {
        var (connection, far) = GivenAConnection();
        using var peer = Over(far);
        var buffer = new byte[10];
        Exchange(connection, peer, buffer, 100);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        Exchange(connection, peer, buffer, 100);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    /// <summary>A connection that stands on a socket, and owns it.</summary>
    private protected abstract Connection Over(Socket socket);

    private (Connection Connection, Socket Far) GivenAConnection()
    {
        var (near, far) = Pair();
        return (Own(Over(near)), far);
    }

    private static byte[] RandomBytes(int length)
    {
        var bytes = new byte[length];
        new Random(length).NextBytes(bytes);
        return bytes;
    }

    /// <summary>A file that has no name any more.</summary>
    private static SafeFileHandle GivenAFile(byte[] content)
    {
        var path = Path.GetTempFileName();
        File.WriteAllBytes(path, content);
        return File.OpenHandle(path, options: FileOptions.DeleteOnClose);
    }

    private byte[] WhenItIsSent(
        Connection connection,
        Socket far,
        byte[] head,
        SafeFileHandle file,
        int position,
        int count
    )
    {
        var received = new MemoryStream();
        Scheduler.Spawn(SendFile(connection, head, file, position, count));
        Scheduler.Spawn(Receive(far, received));
        TurnUntilAllEnded();
        return received.ToArray();
    }

    private void WhenReadable(Connection connection)
    {
        Scheduler.Spawn(WaitToRead(connection));
        TurnUntilAllEnded();
    }

    private static void Exchange(Connection one, Connection other, byte[] buffer, int times)
    {
        for (var i = 0; i < times; i++)
        {
            one.Send(Some, out _);
            while (other.Receive(buffer, out _) == ReceiveResult.WouldBlock)
                continue;
            other.Receive(buffer, out _);
        }
    }

    private static IEnumerator<Wait> WaitToRead(Connection connection)
    {
        yield return WantRead(connection);
    }

    private static IEnumerator<Wait> SendAll(Connection connection, byte[] bytes, Action<SendResult> report)
    {
        yield return Call(connection.SendAll(bytes));
        report(Woken.Result<SendResult>());
        connection.ShutdownSend();
    }

    private static IEnumerator<Wait> SendFile(
        Connection connection,
        byte[] head,
        SafeFileHandle file,
        int position,
        int count
    )
    {
        for (var all = 0; all < head.Length + count; )
        {
            var ofFile = Math.Max(0, all - head.Length);
            var rest = head.AsSpan(Math.Min(all, head.Length));
            if (
                connection.SendFile(rest, file, position + ofFile, count - ofFile, out var sent)
                == SendResult.WouldBlock
            )
                yield return WantWrite(connection);
            all += sent;
        }
        connection.ShutdownSend();
    }

    private static IEnumerator<Wait> Receive(Socket socket, MemoryStream all)
    {
        var buffer = new byte[65_536];
        while (true)
        {
            yield return WantRead(socket);
            var received = socket.Receive(buffer);
            if (received == 0)
                yield break;
            all.Write(buffer, 0, received);
        }
    }

    private static IEnumerator<Wait> Discard(Socket socket)
    {
        var buffer = new byte[65_536];
        do yield return WantRead(socket);
        while (socket.Receive(buffer) > 0);
    }
}
