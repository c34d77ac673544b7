#:project ../../Coroutines

// A port forwarder: what comes to a port goes to a server, and what that answers comes back.
//
//     dotnet run docs/samples/forwarder.cs -- 5000 localhost:30000      # and, for idle connections: a limit in seconds
//     curl http://localhost:5000/index.html                             # with a web server on port 30000
//
// Each connection has two coroutines in one scope, one per direction. A direction never reads more than it has sent on:
// who reads slowly slows down who sends, and no more than a buffer lies in between, whatever flows. The end of one
// direction is passed on as a half-close, and the other one goes on; what breaks in one ends both. Neither may be quiet
// for longer than the limit, unless the other is not.

using System.Net;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

if (args is not [var port, var target, .. { Length: <= 1 } rest] || target.LastIndexOf(':') is not (> 0 and var colon))
{
    Console.Error.WriteLine("forwarder PORT HOST:PORT [IDLE_SECONDS]");
    return 2;
}
var address = Dns.GetHostAddresses(target[..colon].Trim('[', ']'))[0];
var server = new IPEndPoint(address, int.Parse(target[(colon + 1)..]));
var idle = TimeSpan.FromSeconds(rest is [var seconds] ? double.Parse(seconds) : 300);

using var scheduler = new Scheduler();
scheduler.Failed += (coroutine, failure) => Console.Error.WriteLine($"{coroutine.Name}: {failure.Message}");
using var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, int.Parse(port)));
scheduler.Spawn(Serve(listener, server, idle), "listener");
Console.WriteLine($"Forwarding {listener.LocalEndPoint} to {server}");
scheduler.Run();
return 0;

static IEnumerator<Wait> Serve(Listener listener, EndPoint server, TimeSpan idle)
{
    using var clients = Scope.Open();
    while (true)
    {
        yield return WantRead(listener);
        if (listener.Accept(out var client) == AcceptResult.Accepted)
            clients.Spawn(new Link(client!, server, idle).Run(), $"client {client!.RemoteEndPoint}");
        else
            yield return Sleep(TimeSpan.FromMilliseconds(100)); // out of descriptors: the listener stays readable
    }
}

internal sealed class Link(Connection client, EndPoint server, TimeSpan idle)
{
    private const int BufferBytes = 64 * 1024;
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(5);

    private Scope? both;
    private Deadline idleUntil;

    public IEnumerator<Wait> Run()
    {
        using var owned = client;
        yield return TryCall(Connection.Connect(server), ConnectTimeout);
        if (Woken.DeadlineReached || Woken.Failure is not null)
        {
            var reason = Woken.Failure?.Message ?? $"{server} didn't answer within {ConnectTimeout.TotalSeconds} s.";
            Console.Error.WriteLine($"{Coroutine.Current!.Name}: {reason}");
            yield break;
        }
        using var connection = Woken.Result<Connection>();
        using var scope = both = Scope.Open();
        idleUntil = Deadline.In(idle);
        scope.Spawn(Forward(client, connection), $"{client.RemoteEndPoint} to server");
        scope.Spawn(Forward(connection, client), $"server to {client.RemoteEndPoint}");
        yield return scope.Join();
    }

    private IEnumerator<Wait> Forward(Connection from, Connection to)
    {
        var buffer = new byte[BufferBytes];
        var unsent = Memory<byte>.Empty;
        while (true)
        {
            var until = idleUntil;
            yield return unsent.IsEmpty ? WantRead(from, until) : WantWrite(to, until);
            if (Woken.DeadlineReached && until == idleUntil)
                break;
            if (Woken.DeadlineReached)
                continue; // the other direction wasn't idle
            if (unsent.IsEmpty)
            {
                var result = from.Receive(buffer, out var received);
                if (result == ReceiveResult.PeerClosed)
                {
                    to.ShutdownSend();
                    yield break;
                }
                if (result is not (ReceiveResult.Data or ReceiveResult.WouldBlock))
                    break;
                unsent = buffer.AsMemory(0, received);
            }
            if (to.Send(unsent.Span, out var sent) is not (SendResult.Sent or SendResult.WouldBlock))
                break;
            unsent = unsent[sent..];
            idleUntil = Deadline.In(idle);
        }
        both!.Cancel();
    }
}
