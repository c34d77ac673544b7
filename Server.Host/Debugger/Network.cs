using Coroutines.Polling;
using Coroutines.Sockets;

namespace Server.Host.Debugger;

/// <summary>The connections of the server that is studied, by descriptor. Belongs to its scheduler's thread, and is read
/// while that stands still.</summary>
/// <param name="plain">Reads plain sockets in place of watched connections; null if the connections are watched.</param>
internal sealed class Network(Func<IReadOnlyList<Descriptor>, IReadOnlyList<Wire>>? plain = null)
{
    private readonly SortedDictionary<int, WatchedTransport> transports = [];

    /// <summary>Whether its connections are watched, so that faults can slow them down.</summary>
    public bool HasFaults => plain is null;

    /// <summary>By descriptor, how many bytes are still to be sent to each client that is answered; null if nobody can
    /// tell.</summary>
    public Func<IEnumerable<(int Descriptor, long Bytes)>>? Unsent { get; set; }

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

    /// <summary>What can be told of each connection.</summary>
    /// <param name="watched">What the poller watches.</param>
    public IReadOnlyList<Wire> Copy(IReadOnlyList<Descriptor> watched) =>
        plain is null ? Copy(Unsent?.Invoke() ?? []) : plain(watched);

    private List<Wire> Copy(IEnumerable<(int Descriptor, long Bytes)> unsent)
    {
        var left = new Dictionary<int, long>();
        foreach (var (descriptor, bytes) in unsent)
            left[descriptor] = bytes;
        return [.. Transports.Select(transport => Wire.Of(transport, left.GetValueOrDefault(transport.Slot.Number)))];
    }

    private void Forget(WatchedTransport transport)
    {
        if (Find(transport.Slot.Number) == transport)
            transports.Remove(transport.Slot.Number);
    }
}
