using System.Text;
using Coroutines.Sockets;
using Server.Host.Debugger.Web;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>A web server that is studied, and the page that shows it.</summary>
/// <param name="options">What it serves, and how.</param>
/// <param name="debugger">What was asked for beside.</param>
/// <param name="logging">Where is told what goes wrong.</param>
internal sealed class DebuggedServer(ServerOptions options, DebuggerOptions debugger, Logging logging) : IModel
{
    private readonly IStudiedModel studied = ModelOf(
        options with
        {
            Timeouts = Unhurried.Of(options.Timeouts),
        },
        logging,
        debugger.FirstMode
    );
    private PageServer? page;

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        var address = Listening.AddressOf(listeners, options);
        page = DebuggerPage.Open(
            debugger,
            studied.Study,
            listeners[0].LocalEndPoint,
            address,
            Encoding.ASCII.GetBytes($"GET / HTTP/1.1\r\nHost: {address.Authority}\r\nConnection: close\r\n\r\n"),
            logging.Log
        );
        if (options.OpensBrowser)
            Browser.Open(page.Address, logging.Log);
        return studied.Serve(listeners);
    }

    public void Stop()
    {
        page?.CloseClients();
        studied.Stop();
    }

    public void Dispose()
    {
        page?.Dispose();
        studied.Dispose();
    }

    private static IStudiedModel ModelOf(ServerOptions options, Logging logging, StepMode mode) =>
        Model.Guard<IStudiedModel>(() =>
            options.Model switch
            {
                Model.Events => new StudiedEvents(options, logging, mode),
                Model.Processes or Model.Threads => new StudiedTables(options, logging),
                _ => new StudiedServer(options, logging, mode),
            }
        );
}
