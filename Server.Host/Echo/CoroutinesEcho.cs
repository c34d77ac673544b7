using System.Net.Sockets;
using System.Runtime.ExceptionServices;
using Coroutines;
using static Coroutines.Wait;

namespace Server.Host.Echo;

/// <summary>One thread, and a coroutine for each client: the loop of the servers that block, with a yield where they do.
/// </summary>
internal sealed class CoroutinesEcho : IEchoServer
{
    private const int MaxLineBytes = 8 * 1024;

    public void Serve(EchoListener listener)
    {
        using var scheduler = new Scheduler();
        scheduler.Failed += EndChat;
        scheduler.Spawn(AcceptClients(listener), "accept");
        scheduler.Run();
    }

    // A client that has broken the connection ends its coroutine, and nothing else.
    private static void EndChat(Coroutine coroutine, Exception failure)
    {
        if (failure is not SocketException)
            ExceptionDispatchInfo.Throw(failure);
    }

    public static IEnumerator<Wait> AcceptClients(EchoListener listener)
    {
        using var clients = Scope.Open();
        while (true)
        {
            yield return WantRead(listener.Socket);
            if (!listener.TryAccept(out var client))
                yield return Sleep(EchoListener.PauseWhenFull);
            else if (client is not null)
                clients.Spawn(Echo(client), "client");
        }
    }

    private static IEnumerator<Wait> Echo(Socket client)
    {
        using var owned = client;
        var buffer = new byte[MaxLineBytes];
        var filled = 0;
        while (true)
        {
            yield return WantRead(client);
            var received = client.Receive(buffer.AsSpan(filled));
            if (received == 0)
                break;
            filled += received;
            var complete = CompleteLines(buffer.AsSpan(0, filled));
            yield return Call(SendAll(client, buffer.AsMemory(0, complete)));
            buffer.AsSpan(complete, filled - complete).CopyTo(buffer);
            filled -= complete;
        }
        yield return Call(SendAll(client, buffer.AsMemory(0, filled))); // a last line without its end
    }

    private static int CompleteLines(ReadOnlySpan<byte> bytes) =>
        bytes.Length == MaxLineBytes ? bytes.Length : bytes.LastIndexOf((byte)'\n') + 1;

    private static IEnumerator<Wait> SendAll(Socket client, ReadOnlyMemory<byte> bytes)
    {
        while (bytes.Length > 0)
        {
            yield return WantWrite(client);
            bytes = bytes[client.Send(bytes.Span)..];
        }
    }
}
