using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Coroutines.Sockets;

/// <summary>A listening, non-blocking socket on Linux. One call takes a client in: it says if there is none, and what it
/// gives is non-blocking already.</summary>
[SupportedOSPlatform("linux")]
[DebuggerNonUserCode]
internal sealed class LinuxAcceptor : IAcceptor
{
    private readonly Socket socket;

    /// <param name="socket">A listening socket; its clients have its options.</param>
    public LinuxAcceptor(Socket socket)
    {
        this.socket = socket;
        socket.Blocking = false;
        socket.NoDelay = true; // tcp(7): those that are accepted inherit it, as all that is set here
        Slot = new SocketSlot(socket);
        LinuxSocket.LimitUnsent(Slot.Number, Connection.DefaultUnsentBytes);
        LocalEndPoint = socket.LocalEndPoint!;
        // Between programs of one machine nothing is congested. Reno is the simplest; BBR, which may be the system's default,
        // paces by timers even there. Where the administrator allows others only, it stays.
        if (LocalEndPoint is IPEndPoint { Address: var address } && IPAddress.IsLoopback(address))
            LinuxSocket.TryControlCongestionBy("reno"u8, Slot.Number);
    }

    public SocketSlot Slot { get; }

    public EndPoint LocalEndPoint { get; }

    public AcceptResult Accept(out ITransport? transport)
    {
        transport = null;
        if (Slot.IsClosed)
            return AcceptResult.Closed;
        var client = LinuxSocket.Accept(Slot.Number, out var address, out var error);
        if (client < 0)
            return SocketErrors.ResultOfAccept(error);
        transport = new LinuxTransport(client, address);
        return AcceptResult.Accepted;
    }

    public void Dispose()
    {
        Slot.Close();
        socket.Dispose();
    }
}
