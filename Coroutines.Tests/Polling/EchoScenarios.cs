using System.Net.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: the plain echo loop, over plain sockets, is correct with every poller.</summary>
public sealed class EchoScenarios(string poller) : PollerFixture(poller)
{
    private const int LargeBytes = 4 * 1024 * 1024; // more than both socket buffers hold

    private readonly Dictionary<Socket, MemoryStream> echoes = [];

    [TestCase(1)]
    [TestCase(20)]
    [TestCase(200)]
    public void Every_client_gets_back_what_it_sent(int clients)
    {
        var messages = Enumerable.Range(0, clients).Select(client => Message(10_000 + client, client)).ToList();
        var ends = messages.ConvertAll(message => GivenAClientThatSends(message));
        TurnUntilAllEnded();
        for (var i = 0; i < clients; i++)
            EchoTo(ends[i]).ShouldBe(messages[i]);
    }

    [TestCase(0)]
    [TestCase(4096)]
    public void A_message_larger_than_all_buffers_comes_back_whole(int bufferBytes)
    {
        var messages = Enumerable.Range(0, 4).Select(client => Message(LargeBytes + client, client)).ToList();
        var ends = messages.ConvertAll(message => GivenAClientThatSends(message, bufferBytes));
        TurnUntilAllEnded();
        for (var i = 0; i < ends.Count; i++)
            EchoTo(ends[i]).AsSpan().SequenceEqual(messages[i]).ShouldBeTrue();
    }

    [Test]
    public void A_client_that_half_closes_at_once_gets_an_end_of_file()
    {
        var far = GivenAClientThatSends([]);
        TurnUntilAllEnded();
        EchoTo(far).ShouldBeEmpty();
    }

    [Test]
    public void A_client_that_reads_nothing_holds_up_nobody_else()
    {
        var (near, far) = Pair(bufferBytes: 4096);
        Scheduler.Spawn(Echo(near), "echo");
        Scheduler.Spawn(SendAll(far, Message(LargeBytes, 1)), "sends and reads nothing");
        var message = Message(10_000, 2);
        var lively = GivenAClientThatSends(message);
        TurnUntil(() => Scheduler.Count == 2);
        EchoTo(lively).ShouldBe(message);
    }

    [Test]
    public void A_client_that_resets_ends_its_own_coroutine_alone()
    {
        var failed = new List<string>();
        Scheduler.Failed += (coroutine, failure) => failed.Add($"{coroutine.Name}: {failure.GetType().Name}");
        var (near, far) = Pair();
        Scheduler.Spawn(Echo(near), "reset");
        var message = Message(10_000, 2);
        var lively = GivenAClientThatSends(message);
        TurnUntilIdle();
        Reset(far);
        TurnUntilAllEnded();
        failed.ShouldBe(["reset: SocketException"]);
        EchoTo(lively).ShouldBe(message);
    }

    private Socket GivenAClientThatSends(byte[] message, int bufferBytes = 0)
    {
        var (near, far) = Pair(bufferBytes);
        Scheduler.Spawn(Echo(near), "echo");
        Scheduler.Spawn(SendAll(far, message), "sender");
        Scheduler.Spawn(ReceiveAll(far), "receiver");
        return far;
    }

    private byte[] EchoTo(Socket far) => echoes[far].ToArray();

    private static byte[] Message(int length, int seed)
    {
        var message = new byte[length];
        for (var i = 0; i < length; i++)
            message[i] = (byte)((i * 7) ^ (i >> 8) ^ seed);
        return message;
    }

    private static IEnumerator<Wait> Echo(Socket client)
    {
        using var owned = client;
        var buffer = new byte[4096];
        while (true)
        {
            yield return WantRead(client);
            var received = client.Receive(buffer);
            if (received == 0)
                yield break;
            for (var sent = 0; sent < received; )
            {
                yield return WantWrite(client);
                sent += client.Send(buffer.AsSpan(sent, received - sent));
            }
        }
    }

    private static IEnumerator<Wait> SendAll(Socket socket, byte[] message)
    {
        for (var sent = 0; sent < message.Length; )
        {
            yield return WantWrite(socket);
            sent += socket.Send(message.AsSpan(sent));
        }
        socket.Shutdown(SocketShutdown.Send);
    }

    private IEnumerator<Wait> ReceiveAll(Socket socket)
    {
        echoes[socket] = new MemoryStream();
        var buffer = new byte[16_384];
        while (true)
        {
            yield return WantRead(socket);
            var received = socket.Receive(buffer);
            if (received == 0)
                yield break;
            echoes[socket].Write(buffer, 0, received);
        }
    }
}
