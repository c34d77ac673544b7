using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;
using Coroutines.Tests.Host;
using global::Server.Host;
using global::Server.Host.Http;
using global::Server.Host.Models;
using NLog;

namespace Coroutines.Tests.SeveralWorkers;

/// <summary>Feature: a worker that fails takes the others along, so that no half of a server is left.</summary>
public sealed class WorkerFailureScenarios : IDisposable
{
    private readonly SiteFolder folder = new();
    private readonly Listener sound = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
    private readonly BrokenAcceptor broken = new();

    public void Dispose()
    {
        sound.Dispose();
        broken.Dispose();
        folder.Dispose();
    }

    [TestCase(0)]
    [TestCase(1)]
    public void Whichever_it_is_the_server_ends_and_says_that_it_was_not_in_order(int which)
    {
        Listener[] listeners = which == 0 ? [new(broken), sound] : [sound, new(broken)];
        using var logging = new Logging(new ServerOptions { LogLevel = LogLevel.Off });
        var options = new ServerOptions { Root = folder.Path, Workers = 2 };
        using var model = Model.Open(options, logging, WorkerCounts.Of(2));
        var serving = Task.Run(() => model.Serve(listeners));
        using var idle = Connect(sound.LocalEndPoint);

        using var client = Connect(broken.LocalEndPoint);

        serving.Wait(ServerProcess.Patience).ShouldBeTrue("A half of it goes on.");
        serving.Result.ShouldBeFalse();
        Should.Throw<SocketException>(() => Connect(sound.LocalEndPoint).Dispose());
    }

    [Test]
    public void Told_to_stop_all_end_in_good_order()
    {
        using var other = Listener.Listen(new IPEndPoint(IPAddress.Loopback, 0));
        using var logging = new Logging(new ServerOptions { LogLevel = LogLevel.Off });
        var options = new ServerOptions { Root = folder.Path, Workers = 2 };
        using var model = Model.Open(options, logging, WorkerCounts.Of(2));
        var serving = Task.Run(() => model.Serve([sound, other]));

        model.Stop();

        serving.Wait(ServerProcess.Patience).ShouldBeTrue();
        serving.Result.ShouldBeTrue();
    }

    private static Socket Connect(EndPoint address)
    {
        var client = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        client.Connect(address);
        return client;
    }

    /// <summary>Has a bug: it throws what nobody expects of it.</summary>
    private sealed class BrokenAcceptor : IAcceptor
    {
        private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

        public BrokenAcceptor()
        {
            socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
            socket.Listen();
            Slot = new(socket);
            LocalEndPoint = socket.LocalEndPoint!;
        }

        public SocketSlot Slot { get; }

        public EndPoint LocalEndPoint { get; }

        public AcceptResult Accept(out ITransport? transport) => throw new InvalidOperationException("A bug.");

        public void Dispose()
        {
            Slot.Close();
            socket.Dispose();
        }
    }
}
