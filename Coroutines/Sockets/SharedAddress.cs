using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Coroutines.Sockets;

/// <summary>Several listeners on one address, among which the kernel distributes clients (socket(7): SO_REUSEPORT).</summary>
/// <remarks>The first binds without that option: it is the one that notices if the address is in use, by another instance of
/// the same program above all. Only then it takes the others in.</remarks>
[SupportedOSPlatform("linux")]
[DebuggerNonUserCode]
internal static class SharedAddress
{
    private const int SocketLevel = 1; // SOL_SOCKET
    private const int ReusePort = 15; // SO_REUSEPORT

    /// <inheritdoc cref="Listener.ListenTogether"/>
    public static IReadOnlyList<Listener> Listen(EndPoint local, int count, int backlog)
    {
        var listeners = new List<Listener> { new(SocketAcceptor.Listen(local, backlog)) };
        try
        {
            if (count > 1)
                Share(listeners[0].Slot.Socket!);
            while (listeners.Count < count)
                listeners.Add(new Listener(Join(listeners[0].LocalEndPoint, backlog)));
            return listeners;
        }
        catch
        {
            listeners.ForEach(listener => listener.Dispose());
            throw;
        }
    }

    private static IAcceptor Join(EndPoint local, int backlog)
    {
        var socket = SocketAcceptor.Open(local);
        try
        {
            Share(socket);
            socket.Bind(local);
            return SocketAcceptor.Listen(socket, backlog);
        }
        catch
        {
            socket.Dispose();
            throw;
        }
    }

    private static void Share(Socket socket) =>
        socket.SetRawSocketOption(SocketLevel, ReusePort, BitConverter.GetBytes(1));
}
