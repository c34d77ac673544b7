using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Echo;

/// <summary>An echo server with one of the bugs that servers of its kind are known for, on a thread of this process.</summary>
internal sealed class PlantedServer : IDisposable
{
    private readonly Socket listener = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
    private readonly Thread thread;
    private volatile bool isStopping;

    /// <param name="serve">Serves until the listener is closed, or the second argument says that it's time.</param>
    public PlantedServer(Action<Socket, Func<bool>> serve)
    {
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen(64);
        Address = (IPEndPoint)listener.LocalEndPoint!;
        thread = new Thread(() => Serve(serve)) { IsBackground = true };
        thread.Start();
    }

    public IPEndPoint Address { get; }

    public void Dispose()
    {
        isStopping = true;
        listener.Dispose();
        thread.Join(EchoClient.DefaultPatience).ShouldBeTrue("The planted server didn't end.");
    }

    private void Serve(Action<Socket, Func<bool>> serve)
    {
        try
        {
            serve(listener, () => isStopping);
        }
        catch (Exception ended) when (ended is SocketException or ObjectDisposedException)
        {
            // The listener was closed, or the planted bug has ended the server.
        }
    }
}
