using System.Net;
using System.Net.Sockets;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Echo;

/// <summary>Feature: whom a client holds up depends on the model, and on nothing else.</summary>
[Platform("Linux")]
public sealed class EchoConcurrencyScenarios
{
    private static readonly TimeSpan AMoment = TimeSpan.FromMilliseconds(300);

    [TestCase("processes", 5)]
    [TestCase("threads", 20)]
    [TestCase("events", 20)]
    [TestCase("coroutines", 20)]
    public void Nobody_waits_for_a_client_that_is_silent_or_reads_nothing(string model, int clients)
    {
        using var server = ServerProcess.Echo(model);
        var scripts = new EchoScripts(AddressOf(server));
        scripts.Beside_a_silent_client_others_are_served();
        scripts.Beside_a_client_that_reads_nothing_others_are_served();
        scripts.Clients_at_once_each_get_their_own_lines(clients);
    }

    [TestCase("iterative", 1)]
    [TestCase("processes --max-processes 2", 2)]
    [TestCase("threads --max-threads 3", 3)]
    public void Who_comes_when_the_server_is_full_waits_until_somebody_has_gone(string arguments, int limit)
    {
        var words = arguments.Split(' ');
        using var server = ServerProcess.Echo(words[0], words[1..]);
        var clients = Enumerable.Range(0, limit).Select(_ => new EchoClient(AddressOf(server))).ToList();
        clients.ForEach(GetsItsLine);

        using var late = new EchoClient(AddressOf(server), AMoment);
        late.Send("hello\n");
        Should.Throw<SocketException>(late.Receive);
        clients[0].Dispose();
        late.Patience = EchoClient.DefaultPatience;
        late.Receive().ShouldBe("hello\n");

        clients.ForEach(client => client.Dispose());
    }

    [TestCase("iterative")]
    [TestCase("threads")]
    [TestCase("events")]
    [TestCase("coroutines")]
    public void It_outlives_a_lack_of_descriptors(string model)
    {
        const int Descriptors = 160; // the runtime itself takes some seventy
        using var server = ServerProcess.EchoWithin(Descriptors, model);
        var many = Enumerable.Range(0, Descriptors).Select(_ => new EchoClient(AddressOf(server))).ToList();
        many[0].Send("hello\n");
        many[0].Receive().ShouldBe("hello\n");

        many.ForEach(client => client.Dispose());

        using var late = new EchoClient(AddressOf(server));
        GetsItsLine(late);
    }

    private static void GetsItsLine(EchoClient client)
    {
        client.Send("hello\n");
        client.Receive().ShouldBe("hello\n");
    }

    private static IPEndPoint AddressOf(ServerProcess server) => new(IPAddress.Loopback, server.Port);
}
