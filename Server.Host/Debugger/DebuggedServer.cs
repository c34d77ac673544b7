using System.Net;
using System.Net.Sockets;
using System.Text;
using Coroutines.Sockets;
using Server.Host.Debugger.Web;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>A server that is studied, and the page that shows it.</summary>
internal sealed class DebuggedServer : IModel
{
    private readonly ServerOptions options;
    private readonly DebuggerOptions debugger;
    private readonly Log log;
    private readonly StudiedServer studied;
    private readonly Listener pageListener;
    private PageServer? page;

    /// <exception cref="StartException">The page's port is in use.</exception>
    public DebuggedServer(ServerOptions options, DebuggerOptions debugger, Logging logging)
    {
        (this.options, this.debugger, log) = (options, debugger, logging.Log);
        pageListener = Listen(debugger.Port);
        studied = new(
            options with
            {
                Timeouts = Unhurried.Of(options.Timeouts),
            },
            logging,
            debugger.StartsPaused ? StepMode.Paused : StepMode.Running
        );
    }

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        page = new PageServer(studied.Study, pageListener, OptionsOfPage(listeners), log);
        Console.WriteLine($"Debugger at {page.Address} (who knows this address can steer the server)");
        if (options.OpensBrowser)
            Browser.Open(page.Address, log);
        return studied.Serve(listeners);
    }

    public void Stop() => studied.Stop();

    public void Dispose()
    {
        page?.Dispose();
        studied.Dispose();
        pageListener.Dispose();
    }

    private PageOptions OptionsOfPage(IReadOnlyList<Listener> listeners)
    {
        var address = Listening.AddressOf(listeners, options);
        return new()
        {
            Server = listeners[0].LocalEndPoint,
            ServerAddress = address,
            Request = Encoding.ASCII.GetBytes(
                $"GET / HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"
            ),
            Patience = debugger.StartsPaused ? null : PageWatch.DefaultPatience,
        };
    }

    private static Listener Listen(int port)
    {
        try
        {
            return Listener.Listen(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException refused)
        {
            throw new StartException($"The debugger's page: {Listening.Explain(refused, port)}");
        }
    }
}
