using Coroutines.Sockets;

namespace Server.Host.Debugger;

/// <summary>The connections of the server that is studied, by descriptor. Belongs to its scheduler's thread, and is read
/// while that stands still.</summary>
internal sealed class Network
{
    private readonly SortedDictionary<int, WatchedTransport> transports = [];

    public Faults Faults { get; } = new();

    public Journal Journal { get; } = new();

    /// <summary>The connections that are open, in the order of their descriptors.</summary>
    public IEnumerable<WatchedTransport> Transports => transports.Values;

    /// <summary>The same listeners, whose clients are watched.</summary>
    public IReadOnlyList<Listener> Watch(IReadOnlyList<Listener> listeners) =>
        [.. listeners.Select(listener => new Listener(new WatchedAcceptor(listener, this)))];

    public WatchedTransport Watch(Connection connection) =>
        transports[connection.Slot.Number] = new WatchedTransport(connection, this, Forget);

    public WatchedTransport? Find(int descriptor) => transports.GetValueOrDefault(descriptor);

    public IReadOnlyList<Wire> Copy() => [.. Transports.Select(Wire.Of)];

    private void Forget(WatchedTransport transport)
    {
        if (Find(transport.Slot.Number) == transport)
            transports.Remove(transport.Slot.Number);
    }
}
