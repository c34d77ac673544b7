using System.Net;
using Coroutines.Polling;
using Coroutines.Sockets;

namespace Coroutines.Testing;

/// <summary>A listener whose clients are scripted peers.</summary>
public sealed class ScriptedListener : IScripted
{
    private readonly ScriptedPoller poller;
    private readonly Queue<ScriptedPeer> backlog = new();
    private readonly Queue<AcceptResult> failures = new();

    internal ScriptedListener(ScriptedPoller poller)
    {
        this.poller = poller;
        Listener = new Listener(new Acceptor(this));
    }

    /// <summary>The near end, for the code under test.</summary>
    public Listener Listener { get; }

    /// <summary>A client connects, and waits in the backlog, which has no limit, to be accepted. The listener is readable
    /// from the next poll on.</summary>
    /// <param name="address">Its address. By default 127.0.0.1, port 40000; several may have the same.</param>
    /// <returns>The client. What it sends before it is accepted is received afterwards.</returns>
    public ScriptedPeer Connects(EndPoint? address = null)
    {
        var peer = new ScriptedPeer(poller, address ?? new IPEndPoint(IPAddress.Loopback, 40_000));
        backlog.Enqueue(peer);
        return peer;
    }

    /// <summary>Lets one accept end so, before any client is accepted; told several times, one accept each, in order.</summary>
    /// <param name="result">How: anything but <see cref="AcceptResult.Accepted"/>.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="result"/> is that.</exception>
    public void FailsToAccept(AcceptResult result)
    {
        ArgumentOutOfRangeException.ThrowIfEqual(result, AcceptResult.Accepted);
        failures.Enqueue(result);
    }

    Interest IScripted.Poll() => backlog.Count + failures.Count > 0 ? Interest.Read : Interest.None;

    private AcceptResult Accept(out ITransport? transport)
    {
        transport = null;
        if (failures.TryDequeue(out var failure))
            return failure;
        if (!backlog.TryDequeue(out var peer))
            return AcceptResult.WouldBlock;
        transport = peer.NearEnd;
        return AcceptResult.Accepted;
    }

    private sealed class Acceptor : IAcceptor
    {
        private readonly ScriptedListener listener;

        public Acceptor(ScriptedListener listener)
        {
            this.listener = listener;
            Slot = listener.poller.Add(listener);
        }

        public SocketSlot Slot { get; }

        public EndPoint LocalEndPoint { get; } = new IPEndPoint(IPAddress.Loopback, 30_000);

        public AcceptResult Accept(out ITransport? transport)
        {
            transport = null;
            return Slot.IsClosed ? AcceptResult.Closed : listener.Accept(out transport);
        }

        public void Dispose()
        {
            Slot.Close();
            listener.poller.Remove(Slot);
        }
    }
}
