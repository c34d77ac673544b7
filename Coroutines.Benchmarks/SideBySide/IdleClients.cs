using System.Net;
using System.Net.Sockets;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Clients that have been answered once, and stay connected. Disposing them, they leave.</summary>
internal sealed class IdleClients : IDisposable
{
    private const int PatienceMilliseconds = 10_000;

    private readonly List<Socket> clients = [];

    /// <param name="server">Whom they ask.</param>
    /// <param name="count">How many they are.</param>
    public IdleClients(IPEndPoint server, int count)
    {
        var answer = new byte[2 * Site.SmallBytes];
        for (var client = 0; client < count; client++)
        {
            var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp)
            {
                ReceiveTimeout = PatienceMilliseconds,
            };
            clients.Add(socket);
            socket.Connect(server);
            socket.Send(Site.Request);
            for (var received = 0; received < Site.SmallBytes; )
                received += socket.Receive(answer) is > 0 and var more
                    ? more
                    : throw new MissingException($"Of {count} idle clients, number {client} was not answered.");
        }
    }

    /// <exception cref="MissingException">The server has let some of them go.</exception>
    public void CheckConnected()
    {
        var gone = clients.Count(client => client.Poll(0, SelectMode.SelectRead));
        if (gone > 0)
            throw new MissingException($"Of {clients.Count} idle clients, {gone} were let go meanwhile.");
    }

    public void Dispose() => clients.ForEach(client => client.Dispose());
}
