using System.Net;
using Coroutines.Sockets;
using Coroutines.Testing;

namespace Coroutines.Tests.Server.Http;

/// <summary>Accepts nobody: the system refuses for a reason that no client can cause.</summary>
internal sealed class FailingAcceptor(ScriptedListener listener) : IAcceptor
{
    public SocketSlot Slot => listener.Listener.Slot;

    public EndPoint LocalEndPoint => listener.Listener.LocalEndPoint;

    public AcceptResult Accept(out ITransport? transport) =>
        throw new IOException("accept failed: ProtocolNotSupported.");

    public void Dispose() => listener.Listener.Dispose();
}
