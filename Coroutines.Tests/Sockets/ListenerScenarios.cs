using System.Net;
using System.Net.Sockets;
using System.Text;
using Coroutines.Sockets;
using Coroutines.Tests.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: a listener accepts without ever blocking or throwing for what a client does.</summary>
public sealed class ListenerScenarios(string poller) : PollerFixture(poller)
{
    private static readonly IPEndPoint AnyPort = new(IPAddress.Loopback, 0);

    [Test]
    public void Without_a_client_an_accept_would_block()
    {
        using var listener = Listener.Listen(AnyPort);
        listener.Accept(out var connection).ShouldBe(AcceptResult.WouldBlock);
        connection.ShouldBeNull();
    }

    [Test]
    public void A_client_wakes_the_one_who_waits_to_accept()
    {
        using var listener = Listener.Listen(AnyPort);
        Connection? accepted = null;
        Scheduler.Spawn(AcceptOne(listener, connection => accepted = Own(connection)));
        TurnUntilIdle();
        var client = GivenAClientOf(listener);
        TurnUntilAllEnded();
        accepted!.RemoteEndPoint.ShouldBe(client.LocalEndPoint);
    }

    [Test]
    public void All_who_wait_in_the_backlog_are_accepted()
    {
        using var listener = Listener.Listen(AnyPort);
        for (var i = 0; i < 50; i++)
            GivenAClientOf(listener);
        for (var i = 0; i < 50; i++)
            AcceptFrom(listener);
        listener.Accept(out _).ShouldBe(AcceptResult.WouldBlock);
    }

    [Test]
    public void A_client_that_has_reset_already_is_no_exception()
    {
        using var listener = Listener.Listen(AnyPort);
        Reset(GivenAClientOf(listener));
        var result = listener.Accept(out var connection);
        using (connection)
        {
            result.ShouldBeOneOf(AcceptResult.Accepted, AcceptResult.Aborted, AcceptResult.WouldBlock);
            connection?.Receive(new byte[1], out _).ShouldBe(ReceiveResult.Reset);
        }
    }

    [Test]
    [Platform("Linux")]
    public void Clients_of_this_machine_are_not_paced()
    {
        using var listener = Listener.Listen(AnyPort);
        GivenAClientOf(listener);
        CongestionControlOf(AcceptFrom(listener)).ShouldBe("reno");
    }

    [Test]
    [Platform("Linux")]
    public void Clients_of_an_address_that_others_reach_are_sent_to_as_the_administrator_chose()
    {
        using var listener = Listener.Listen(new IPEndPoint(IPAddress.Any, 0));
        GivenAClientOf(listener);
        var chosen = File.ReadAllText("/proc/sys/net/ipv4/tcp_congestion_control").TrimEnd();
        CongestionControlOf(AcceptFrom(listener)).ShouldBe(chosen);
    }

    [Test]
    public void A_closed_listener_answers_closed_and_ends_the_wait()
    {
        var listener = Listener.Listen(AnyPort);
        Scheduler.Spawn(AcceptOne(listener, _ => Assert.Fail("there was a client")));
        TurnUntilIdle();
        listener.Dispose();
        TurnUntilAllEnded();
        listener.Accept(out _).ShouldBe(AcceptResult.Closed);
        Should.NotThrow(listener.Dispose);
    }

    [Test]
    public void A_port_in_use_is_refused()
    {
        using var listener = Listener.Listen(AnyPort);
        Should
            .Throw<SocketException>(() => Listener.Listen(listener.LocalEndPoint))
            .SocketErrorCode.ShouldBe(SocketError.AddressAlreadyInUse);
    }

    [Test]
    public void The_same_port_serves_again_while_old_connections_linger()
    {
        var listener = Listener.Listen(AnyPort);
        var address = listener.LocalEndPoint;
        var client = GivenAClientOf(listener);
        AcceptFrom(listener).Dispose(); // who closes first keeps the port in TIME_WAIT
        client.Receive(new byte[1]).ShouldBe(0);
        client.Dispose();
        listener.Dispose();

        using var next = Listener.Listen(address);
        GivenAClientOf(next);
        AcceptFrom(next);
    }

    [Test]
    public void IPv6_has_a_listener_of_its_own_on_the_same_port()
    {
        if (!Socket.OSSupportsIPv6)
            Assert.Ignore("There is no IPv6 here.");
        using var four = Listener.Listen(new IPEndPoint(IPAddress.Any, 0));
        var port = ((IPEndPoint)four.LocalEndPoint).Port;
        using var six = Listener.Listen(new IPEndPoint(IPAddress.IPv6Any, port));
        var client = Own(new Socket(AddressFamily.InterNetworkV6, SocketType.Stream, ProtocolType.Tcp));
        client.Connect(new IPEndPoint(IPAddress.IPv6Loopback, port));
        AcceptFrom(six).RemoteEndPoint.ShouldBe(client.LocalEndPoint);
        four.Accept(out _).ShouldBe(AcceptResult.WouldBlock);
    }

    [Test]
    public void A_Unix_domain_socket_can_be_listened_on_again()
    {
        var path = Path.Combine(Directory.CreateTempSubdirectory().FullName, "s");
        Listener.Listen(new UnixDomainSocketEndPoint(path)).Dispose();
        using var listener = Listener.Listen(new UnixDomainSocketEndPoint(path));
        listener.Accept(out _).ShouldBe(AcceptResult.WouldBlock);
    }

    [TestCase(0)]
    [TestCase(65_536)]
    public void A_backlog_out_of_range_is_refused(int backlog) =>
        Should.Throw<ArgumentOutOfRangeException>(() => Listener.Listen(AnyPort, backlog));

    [Test]
    public void An_accept_that_finds_nobody_allocates_nothing()
    {
        using var listener = Listener.Listen(AnyPort);
        listener.Accept(out _);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 100; i++)
            listener.Accept(out _);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    // Without a limit it would be megabytes; 64 KiB of them lie at the peer already.
    [Test]
    [Platform("Linux")]
    public void A_client_that_reads_nothing_takes_little_of_the_kernels_memory()
    {
        using var listener = Listener.Listen(AnyPort);
        TakenFor(GivenAClientThatReadsNothing(listener)).ShouldBeInRange(64 * 1024, 512 * 1024);
    }

    [Test]
    [Platform("Linux")]
    public void It_takes_as_much_more_as_it_is_let()
    {
        using var listener = Listener.Listen(AnyPort);
        var connection = GivenAClientThatReadsNothing(listener);
        TakenFor(connection);

        connection.LimitUnsent(Connection.DefaultUnsentBytes + (384 * 1024));
        TakenFor(connection).ShouldBeInRange(256 * 1024, 512 * 1024);
        connection.LimitUnsent(Connection.DefaultUnsentBytes);
        TakenFor(connection).ShouldBe(0);
    }

    private Socket GivenAClientOf(Listener listener)
    {
        var client = Own(Tcp());
        client.Connect(listener.LocalEndPoint);
        return client;
    }

    private Connection GivenAClientThatReadsNothing(Listener listener)
    {
        var client = Own(Tcp());
        client.ReceiveBufferSize = 4 * 1024;
        client.Connect(listener.LocalEndPoint);
        return AcceptFrom(listener);
    }

    private static long TakenFor(Connection connection)
    {
        var (taken, piece) = (0L, new byte[32 * 1024]);
        while (connection.Send(piece, out var sent) == SendResult.Sent)
            taken += sent;
        return taken;
    }

    private Connection AcceptFrom(Listener listener)
    {
        listener.Accept(out var connection).ShouldBe(AcceptResult.Accepted);
        return Own(connection!);
    }

    private static string CongestionControlOf(Connection connection)
    {
        var name = new byte[16]; // TCP_CA_NAME_MAX
        var length = connection.Slot.Socket!.GetRawSocketOption(
            6 /* IPPROTO_TCP */
            ,
            13 /* TCP_CONGESTION */
            ,
            name
        );
        return Encoding.ASCII.GetString(name, 0, length).TrimEnd('\0');
    }

    private static IEnumerator<Wait> AcceptOne(Listener listener, Action<Connection> accepted)
    {
        yield return WantRead(listener);
        if (listener.Accept(out var connection) == AcceptResult.Accepted)
            accepted(connection!);
    }
}
