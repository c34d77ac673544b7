using System.Net;
using System.Net.Sockets;

namespace Server.Host.Echo;

/// <summary>The listening socket of an echo server that blocks, and the wrapper around accept(2) that all of them need.
/// </summary>
internal sealed class EchoListener : IDisposable
{
    private const int Backlog = 512;

    /// <summary>How long to wait for a descriptor before the next try.</summary>
    public static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(100);

    /// <exception cref="SocketException">The port is in use, or the address isn't one of this machine.</exception>
    public EchoListener(IPEndPoint local)
    {
        Socket = new Socket(local.AddressFamily, SocketType.Stream, ProtocolType.Tcp);
        try
        {
            Socket.Bind(local);
            Socket.Listen(Backlog);
        }
        catch
        {
            Socket.Dispose();
            throw;
        }
    }

    /// <summary>The socket, for models that select on it.</summary>
    public Socket Socket { get; }

    /// <summary>Where it listens, with the port that the system chose if it was asked for port 0.</summary>
    public IPEndPoint LocalEndPoint => (IPEndPoint)Socket.LocalEndPoint!;

    /// <summary>Waits for a client.</summary>
    /// <remarks>The runtime itself repeats a call that a signal interrupted (EINTR). What is left to repeat is the accept
    /// of a client that had gone before its turn came, and one for which there was no descriptor left: that client stays
    /// in the backlog.</remarks>
    public Socket Accept()
    {
        while (true)
        {
            Socket.Poll(Timeout.InfiniteTimeSpan, SelectMode.SelectRead);
            if (!TryAccept(out var client))
                Thread.Sleep(PauseWhenFull);
            else if (client is not null)
                return client;
        }
    }

    /// <summary>Takes a client from the backlog.</summary>
    /// <param name="client">The client; null if it had gone before its turn came.</param>
    /// <returns>False if there is no descriptor left for it: the listener stays readable until some are closed.</returns>
    public bool TryAccept(out Socket? client)
    {
        client = null;
        try
        {
            client = Socket.Accept();
            return true;
        }
        catch (SocketException failure)
        {
            return failure.SocketErrorCode
                is not (SocketError.TooManyOpenSockets or SocketError.NoBufferSpaceAvailable);
        }
    }

    public void Dispose() => Socket.Dispose();
}
