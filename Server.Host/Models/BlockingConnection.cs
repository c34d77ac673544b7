using Coroutines;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>Serves one client to the end of its connection, on the thread that asks for it: the coroutine of the default
/// model, driven by blocking wherever it waits.</summary>
internal static class BlockingConnection
{
    private const string Name = "client";

    public static void Serve(Connection connection, HttpSite site, Log log)
    {
        try
        {
            BlockingDriver.Run(new HttpConnection(connection, site).Serve(), Name);
        }
        catch (Exception failure)
        {
            // A bug of ours: this client is let go, and the next one is served.
            log.ConnectionFailed(failure);
        }
    }
}
