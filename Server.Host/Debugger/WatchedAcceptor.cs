using System.Net;
using Coroutines;
using Coroutines.Sockets;

namespace Server.Host.Debugger;

/// <summary>A listener whose clients' traffic is noted.</summary>
internal sealed class WatchedAcceptor(Listener inner, Network network) : IAcceptor
{
    public SocketSlot Slot => inner.Slot;

    public EndPoint LocalEndPoint => inner.LocalEndPoint;

    public AcceptResult Accept(out ITransport? transport)
    {
        var result = inner.Accept(out var connection);
        transport = connection is null ? null : network.Watch(connection);
        return result;
    }

    public void Dispose() => inner.Dispose();
}
