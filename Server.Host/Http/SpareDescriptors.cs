using System.Net.Sockets;
using Coroutines.Sockets;

namespace Server.Host.Http;

/// <summary>Lets clients in as long as there are more descriptors than the few that are kept back from them
/// (<see cref="DescriptorShares"/>).</summary>
/// <remarks>One look at the next number tells whether there are: nothing is taken that somebody may need meanwhile. Any thread
/// may let clients in: the descriptors are those of all.</remarks>
/// <param name="shares">What is kept back.</param>
internal sealed class SpareDescriptors(DescriptorShares shares)
{
    private readonly Lock gate = new();
    private volatile bool looks;

    /// <summary>The same for one thread that serves.</summary>
    public SpareDescriptors()
        : this(DescriptorShares.Of(workers: 1)) { }

    /// <summary>There is none for a client. Who holds some that only save time lets them go. Raised on the thread that wanted
    /// to let him in.</summary>
    public event Action? RanShort;

    /// <summary>Accepts a client, if there is a descriptor for it.</summary>
    /// <exception cref="IOException">As <see cref="Listener.Accept"/>.</exception>
    public AcceptResult Accept(Listener listener, out Connection? connection)
    {
        var result = looks ? LookAndAccept(listener, out connection) : listener.Accept(out connection);
        if (result == AcceptResult.OutOfDescriptors || connection?.Slot.Number >= shares.Cached)
            looks = true; // from now on: that costs little, and nobody needs to find out when it is over
        if (result == AcceptResult.OutOfDescriptors)
            RanShort?.Invoke();
        return result;
    }

    private AcceptResult LookAndAccept(Listener listener, out Connection? connection)
    {
        connection = null;
        lock (gate)
            return HasOthers() ? listener.Accept(out connection) : AcceptResult.OutOfDescriptors;
    }

    private bool HasOthers()
    {
        try
        {
            using var next = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
            return shares.AllowClient(next.SafeHandle);
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
