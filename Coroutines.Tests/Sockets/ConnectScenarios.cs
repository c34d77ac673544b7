using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;
using Coroutines.Tests.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: connecting never blocks; that nobody listens is a result.</summary>
public sealed class ConnectScenarios(string poller) : PollerFixture(poller)
{
    private readonly string folder = Directory.CreateTempSubdirectory().FullName;
    private Connection? connected;
    private Exception? failure;

    [TearDown]
    public void Remove()
    {
        connected?.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    [Test]
    public void A_connect_child_returns_an_open_connection()
    {
        using var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        WhenConnecting(listener.LocalEndPoint);
        failure.ShouldBeNull();
        connected!.RemoteEndPoint.ShouldBe(listener.LocalEndPoint);
        connected.Send(new byte[1], out _).ShouldBe(SendResult.Sent);
    }

    [Test]
    public void Small_pieces_are_sent_at_once_by_those_that_connect_as_by_those_that_accept()
    {
        using var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        WhenConnecting(listener.LocalEndPoint);
        listener.Accept(out var accepted).ShouldBe(AcceptResult.Accepted);
        using (accepted)
            (connected!.Slot.Socket!.NoDelay, accepted!.Slot.Socket!.NoDelay).ShouldBe((true, true));
    }

    [Test]
    public void A_connect_child_fails_if_nobody_listens()
    {
        WhenConnecting(UnusedPort());
        failure.ShouldBeOfType<IOException>().Message.ShouldContain("Refused");
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Watched.Count.ShouldBe(0);
    }

    [Test]
    public void A_refused_connect_stays_refused()
    {
        using var connection = Connection.StartConnect(UnusedPort(), out var result);
        Scheduler.Spawn(WaitToWrite(connection));
        TurnUntilAllEnded();
        for (var i = 0; i < 2; i++)
            (result == ConnectResult.WouldBlock ? connection.FinishConnect() : result).ShouldBe(ConnectResult.Refused);
    }

    [Test]
    public void An_open_connection_stays_connected()
    {
        using var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        WhenConnecting(listener.LocalEndPoint);
        connected!.FinishConnect().ShouldBe(ConnectResult.Connected);
    }

    [Test]
    public void It_connects_to_a_Unix_domain_socket()
    {
        var address = new UnixDomainSocketEndPoint(Path.Combine(folder, "s"));
        using var listener = Listener.Listen(address);
        WhenConnecting(address);
        failure.ShouldBeNull();
        listener.Accept(out var accepted).ShouldBe(AcceptResult.Accepted);
        using (accepted)
        {
            connected!.Send(new byte[] { 7 }, out _);
            accepted!.Receive(new byte[10], out var received).ShouldBe(ReceiveResult.Data);
            received.ShouldBe(1);
        }
    }

    [Test]
    public void A_Unix_domain_socket_that_is_not_there_refuses()
    {
        WhenConnecting(new UnixDomainSocketEndPoint(Path.Combine(folder, "none")));
        failure.ShouldBeOfType<IOException>().Message.ShouldContain("Refused");
    }

    [Test]
    public void A_Unix_domain_socket_whose_backlog_is_full_refuses()
    {
        var address = new UnixDomainSocketEndPoint(Path.Combine(folder, "s"));
        using var listener = Listener.Listen(address, backlog: 1);
        var results = new List<ConnectResult>();
        for (var i = 0; i < 5; i++)
        {
            Own(Connection.StartConnect(address, out var result));
            results.Add(result);
        }
        results[0].ShouldBe(ConnectResult.Connected);
        results[^1].ShouldBe(ConnectResult.Refused);
    }

    private void WhenConnecting(EndPoint peer)
    {
        Scheduler.Spawn(ConnectTo(peer));
        TurnUntilAllEnded();
    }

    private IEnumerator<Wait> ConnectTo(EndPoint peer)
    {
        yield return TryCall(Connection.Connect(peer), Patience);
        failure = Woken.Failure;
        if (failure is null)
            connected = Woken.Result<Connection>();
    }

    private static IEnumerator<Wait> WaitToWrite(Connection connection)
    {
        yield return WantWrite(connection);
    }

    private static EndPoint UnusedPort()
    {
        using var socket = Tcp();
        socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        return socket.LocalEndPoint!;
    }
}
