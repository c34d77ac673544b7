using System.Net.Sockets;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>Where a model that blocks waits for its clients: all listeners at once, and the word to stop.</summary>
/// <param name="log">Is told when nobody can be let in.</param>
/// <param name="connections">How many are in.</param>
internal sealed class Gate(Log log, Func<int> connections) : IDisposable
{
    private readonly SpareDescriptors spare = new();
    private readonly Burst outOfDescriptors = new(TimeProvider.System);
    private readonly Burst acceptFailures = new(TimeProvider.System);
    private readonly List<Socket> readable = [];
    private IReadOnlyList<Listener> listeners = [];
    private volatile bool isClosed;

    /// <summary>Rings once the gate is closed.</summary>
    public Bell Closing { get; } = new();

    /// <summary>The listeners' sockets: readable while somebody waits to be accepted.</summary>
    public IEnumerable<Socket> Sockets => listeners.Select(listener => listener.Slot.Socket!);

    public void Open(IReadOnlyList<Listener> listeners) => this.listeners = listeners;

    /// <summary>Lets nobody more in: who comes now is refused by the system. May be called on any thread.</summary>
    public void Close()
    {
        isClosed = true;
        foreach (var socket in Sockets)
            Refuse(socket);
        Closing.Ring();
    }

    /// <summary>Waits for a client. Null if the gate is closed.</summary>
    public Connection? Accept()
    {
        while (WaitForClient())
        {
            foreach (var listener in listeners)
            {
                if (TryAccept(listener) is { } connection)
                    return connection;
            }
        }
        return null;
    }

    /// <summary>Waits until somebody waits to be accepted. False if the gate is closed.</summary>
    public bool WaitForClient()
    {
        readable.Clear();
        readable.AddRange(Sockets);
        readable.Add(Closing.Socket);
        if (!isClosed)
            Socket.Select(readable, null, null, Timeout.InfiniteTimeSpan);
        return !isClosed;
    }

    /// <summary>There is no descriptor, or no thread or process, for a client.</summary>
    public void RunShort()
    {
        if (outOfDescriptors.Begins())
            log.OutOfDescriptors(connections());
    }

    public void Dispose()
    {
        foreach (var listener in listeners)
            listener.Dispose();
        Closing.Dispose();
    }

    private Connection? TryAccept(Listener listener)
    {
        try
        {
            if (spare.Accept(listener, out var connection) != AcceptResult.OutOfDescriptors)
                return connection;
            RunShort();
            Pause();
            return null;
        }
        catch (IOException failure)
        {
            // Nothing that a client does. The next one may fare better.
            if (acceptFailures.Begins())
                log.AcceptFailed(failure);
            Pause();
            return null;
        }
    }

    // Whoever is left keeps the listener readable: to go on at once would spin.
    private void Pause() => Closing.Socket.Poll(HttpServer.PauseWhenFull, SelectMode.SelectRead);

    // The loop may be waiting on the socket, or blocking elsewhere: this is what may be done to it meanwhile.
    private static void Refuse(Socket listener)
    {
        try
        {
            listener.Shutdown(SocketShutdown.Receive);
        }
        catch (SocketException)
        {
            // Not every system can; then it refuses once the listener is closed.
        }
    }
}
