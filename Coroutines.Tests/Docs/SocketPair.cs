using System.Net;
using System.Net.Sockets;

namespace Coroutines.Tests.Docs;

/// <summary>Two sockets that are connected over the loopback address.</summary>
internal sealed class SocketPair : IDisposable
{
    public SocketPair()
    {
        using var listener = Listen();
        Far.Connect(listener.LocalEndPoint!);
        Near = listener.Accept();
    }

    /// <summary>What the code under test is given.</summary>
    public Socket Near { get; }

    /// <summary>What the test plays.</summary>
    public Socket Far { get; } = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public static Socket Listen()
    {
        var listener = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        listener.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        listener.Listen();
        return listener;
    }

    public void Dispose()
    {
        Near.Dispose();
        Far.Dispose();
    }
}
