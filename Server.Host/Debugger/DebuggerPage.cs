using System.Net;
using System.Net.Sockets;
using Coroutines.Sockets;
using Server.Host.Debugger.Web;

namespace Server.Host.Debugger;

/// <summary>Opens the debugger's page, and tells where it is.</summary>
internal static class DebuggerPage
{
    /// <param name="debugger">What was asked for.</param>
    /// <param name="study">What is studied.</param>
    /// <param name="server">Where it listens.</param>
    /// <param name="address">Its address, for people.</param>
    /// <param name="request">What a client of the page's asks it.</param>
    /// <param name="log">Where is told what goes wrong.</param>
    /// <exception cref="StartException">The page's port is in use.</exception>
    public static PageServer Open(
        DebuggerOptions debugger,
        Study study,
        EndPoint server,
        Uri address,
        byte[] request,
        Log log
    )
    {
        var options = new PageOptions
        {
            Server = server,
            ServerAddress = address,
            Request = request,
            Patience = debugger.StartsPaused ? null : PageWatch.DefaultPatience,
        };
        var page = new PageServer(study, Listen(debugger.Port), options, log);
        Console.WriteLine($"Debugger at {page.Address} (who knows this address can steer the server)");
        return page;
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
