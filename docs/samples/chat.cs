#:project ../../Coroutines

// A chat: what one types, all others read.
//
//     dotnet run docs/samples/chat.cs -- 4000
//     nc localhost 4000                          # in two other terminals; the first line is one's name, /quit leaves
//
// Each client has two coroutines in one scope: a reader, which tells the others what was typed, and a writer, which
// sends what they said. Between the speaker and a writer lies a channel of limited size. Nobody ever waits for it: a
// client who reads so slowly that his is full is dropped. (To skip messages instead would leave him with half a
// conversation, and no sign of it.) SIGTERM and Ctrl+C have everybody told, and the program end in good order.

using System.Net;
using System.Runtime.InteropServices;
using System.Text;
using Coroutines;
using Coroutines.Sockets;
using Coroutines.Sync;
using static Coroutines.Wait;

using var scheduler = new Scheduler();
scheduler.Failed += (coroutine, failure) => Console.Error.WriteLine($"{coroutine.Name}: {failure.Message}");
var listener = Listener.Listen(new IPEndPoint(IPAddress.Loopback, int.Parse(args[0])));
using var stop = new Signals(scheduler, PosixSignal.SIGTERM, PosixSignal.SIGINT);
scheduler.Spawn(new Room().Serve(listener, stop), "server");
Console.WriteLine($"Chat on {listener.LocalEndPoint}");
scheduler.Run();

internal sealed class Room
{
    public List<Client> Clients { get; } = [];

    public IEnumerator<Wait> Serve(Listener listener, Signals stop)
    {
        using var connections = Scope.Open();
        using (listener)
        {
            while (true)
            {
                yield return Any(stop.WaitForNext(), WantRead(listener));
                if (Woken.Index == 0)
                    break;
                if (listener.Accept(out var connection) == AcceptResult.Accepted)
                    connections.Spawn(new Client(this, connection!).Talk(), $"client {connection!.RemoteEndPoint}");
                else
                    yield return Sleep(TimeSpan.FromMilliseconds(100)); // out of descriptors: it stays readable
            }
        }
        Tell("* The server stops.");
        foreach (var client in Clients)
            client.Leave();
        yield return connections.Join(TimeSpan.FromSeconds(2));
    }

    public void Tell(string line, Client? speaker = null)
    {
        var bytes = Encoding.UTF8.GetBytes($"{line}\n");
        foreach (var client in Clients.Where(client => client != speaker))
            client.Hear(bytes);
    }
}

internal sealed class Client(Room room, Connection connection)
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly Channel<byte[]> unread = new(capacity: 100);
    private readonly byte[] received = new byte[1024]; // the longest line
    private int count;
    private Scope? both;

    public string Name { get; private set; } = "";

    public IEnumerator<Wait> Talk()
    {
        using var owned = connection;
        yield return Call(connection.SendAll("Your name?\n"u8.ToArray()));
        yield return Call(ReadLine(), Patience);
        if (Woken.DeadlineReached || Woken.Result<string?>() is not { Length: > 0 } name)
            yield break;
        Name = name;
        using var scope = both = Scope.Open();
        room.Tell($"* {Name} has come.");
        room.Clients.Add(this);
        scope.Spawn(Read(), $"reader of {Name}");
        scope.Spawn(Write(), $"writer to {Name}");
        yield return scope.Join();
        room.Clients.Remove(this);
        room.Tell($"* {Name} has left.");
    }

    public void Hear(byte[] message)
    {
        if (!unread.IsClosed && !unread.TrySend(message))
            both!.Cancel();
    }

    public void Leave() => unread.Close(); // the writer sends what is unread, and ends

    private IEnumerator<Wait> Read()
    {
        while (true)
        {
            yield return Call(ReadLine());
            if (Woken.Result<string?>() is null or "/quit")
                break;
            room.Tell($"{Name}: {Woken.Result<string>()}", speaker: this);
        }
        Leave();
    }

    private IEnumerator<Wait> Write()
    {
        while (true)
        {
            yield return unread.Receive();
            if (Woken.Closed)
                break;
            yield return Call(connection.SendAll(Woken.Result<byte[]>()), Patience);
            if (Woken.DeadlineReached || Woken.Result<SendResult>() != SendResult.Sent)
                break;
        }
        both!.Cancel(); // the reader, too
    }

    private IEnumerator<Wait> ReadLine()
    {
        int length;
        while ((length = received.AsSpan(0, count).IndexOf((byte)'\n')) < 0)
        {
            if (count == received.Length)
                yield return Return(null); // whoever types that much doesn't chat
            yield return WantRead(connection);
            var result = connection.Receive(received.AsSpan(count), out var more);
            if (result is not (ReceiveResult.Data or ReceiveResult.WouldBlock))
                yield return Return(null);
            count += more;
        }
        var line = Encoding.UTF8.GetString(received, 0, length).Trim();
        received.AsSpan(++length, count -= length).CopyTo(received);
        yield return Return(line);
    }
}
