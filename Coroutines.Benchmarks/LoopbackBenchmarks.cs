using System.Net;
using System.Net.Sockets;
using BenchmarkDotNet.Attributes;
using Coroutines.Polling;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Benchmarks;

/// <summary>A byte goes to and fro over a real TCP connection within one thread. Per round trip: two sends, two receives,
/// two waits and two calls to the poller.</summary>
[MemoryDiagnoser]
public class LoopbackBenchmarks
{
    private const int RoundTrips = 100;

    private readonly byte[] buffer = new byte[1];
    private Scheduler? connections;
    private Scheduler? sockets;
    private Socket? near;
    private Socket? far;

    [GlobalSetup]
    public void Setup()
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("There is no epoll here.");
        connections = new Scheduler(new EpollPoller());
        var (client, server) = Pair();
        var (one, other) = (new Connection(new SocketTransport(client)), new Connection(new SocketTransport(server)));
        connections.Spawn(Answers(one));
        connections.Spawn(Answers(other));
        one.Send(buffer, out _);

        sockets = new Scheduler(new EpollPoller());
        (client, server) = Pair();
        sockets.Spawn(Answers(client));
        sockets.Spawn(Answers(server));
        client.Send(buffer);

        (near, far) = Pair();
    }

    [GlobalCleanup]
    public void Cleanup()
    {
        connections!.Dispose();
        sockets!.Dispose();
        near!.Dispose();
        far!.Dispose();
    }

    [Benchmark(Description = "The four system calls alone, blocking", OperationsPerInvoke = RoundTrips)]
    public void SystemCallsAlone()
    {
        for (var i = 0; i < RoundTrips; i++)
        {
            near!.Send(buffer);
            far!.Receive(buffer);
            far!.Send(buffer);
            near!.Receive(buffer);
        }
    }

    [Benchmark(Baseline = true, Description = "Connection over epoll", OperationsPerInvoke = RoundTrips)]
    public void OverConnections() => RunTurns(connections!);

    [Benchmark(Description = "Socket over epoll", OperationsPerInvoke = RoundTrips)]
    public void OverSockets() => RunTurns(sockets!);

    // The byte makes one way in each turn.
    private void RunTurns(Scheduler scheduler)
    {
        for (var turns = 2 * RoundTrips; turns > 0; turns--)
            scheduler.Turn();
    }

    private IEnumerator<Wait> Answers(Connection connection)
    {
        using var owned = connection;
        while (true)
        {
            yield return WantRead(connection);
            if (connection.Receive(buffer, out _) == ReceiveResult.Data)
                connection.Send(buffer, out _);
        }
    }

    private IEnumerator<Wait> Answers(Socket socket)
    {
        using var owned = socket;
        while (true)
        {
            yield return WantRead(socket);
            socket.Receive(buffer);
            socket.Send(buffer);
        }
    }

    private static (Socket Client, Socket Server) Pair()
    {
        using var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        client.Connect(listener.LocalEndPoint!);
        var server = listener.Accept();
        server.NoDelay = true;
        return (client, server);
    }
}
