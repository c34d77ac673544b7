using System.Net;
using System.Net.Sockets;
using Coroutines.Diagnostics;
using Server.Host.Debugger.Web;
using Server.Host.Echo;
using Server.Host.Http;

namespace Server.Host.Debugger;

/// <summary>The echo server with coroutines as it is studied, and the page that shows it.</summary>
/// <param name="options">What it serves.</param>
/// <param name="debugger">What was asked for beside.</param>
internal sealed class StudiedEcho(EchoOptions options, DebuggerOptions debugger) : IEchoServer
{
    public void Serve(EchoListener listener)
    {
        using var logging = new Logging(new ServerOptions());
        var network = new Network(PlainWires.Of);
        using var studied = new StudiedScheduler(
            new PausableClock(TimeProvider.System),
            new Targets(network.Journal, new NoAccessLog()),
            network,
            Watchdog.DefaultLimit,
            logging.Log,
            debugger.FirstMode
        );
        // What a client has brought about ends its coroutine, and is told to whoever looks.
        studied.Scheduler.Failed += (coroutine, failure) =>
        {
            if (failure is not SocketException)
                logging.Log.CoroutineFailed(coroutine, failure);
        };
        using var page = DebuggerPage.Open(
            debugger,
            studied.Study(options.Model),
            listener.LocalEndPoint,
            new Uri($"tcp://{listener.LocalEndPoint}/"),
            "hello\n"u8.ToArray(),
            logging.Log
        );
        studied.Start(CoroutinesEcho.AcceptClients(listener), "accept");
        studied.Join();
    }
}
