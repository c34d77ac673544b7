using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Clients that have been answered once, and stay connected. Disposing them, they leave.</summary>
internal sealed class IdleClients : IDisposable
{
    private static readonly byte[] Request = Encoding.ASCII.GetBytes(
        $"GET {Site.Small} HTTP/1.1\r\nHost: localhost\r\n\r\n"
    );

    private readonly List<Socket> clients = [];

    /// <param name="server">Whom they ask.</param>
    /// <param name="count">How many they are.</param>
    public IdleClients(IPEndPoint server, int count)
    {
        var answer = new byte[2 * Site.SmallBytes];
        for (var client = 0; client < count; client++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            clients.Add(socket);
            socket.Connect(server);
            socket.Send(Request);
            for (var received = 0; received < Site.SmallBytes; )
                received += socket.Receive(answer) is > 0 and var more
                    ? more
                    : throw new MissingException($"Of {count} idle clients, number {client} was not answered.");
        }
    }

    public void Dispose() => clients.ForEach(client => client.Dispose());
}
