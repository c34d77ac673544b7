using System.Net.Sockets;
using Coroutines.Sockets;

namespace Coroutines.Tests.Sockets;

/// <summary>Feature: the same for a connection over a socket, as those are which connect.</summary>
public sealed class SocketConnectionScenarios(string poller) : ConnectionScenarios(poller)
{
    private protected override Connection Over(Socket socket) => new(new SocketTransport(socket));
}
