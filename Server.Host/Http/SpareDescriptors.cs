using System.Net.Sockets;
using Coroutines.Sockets;

namespace Server.Host.Http;

/// <summary>Lets clients in as long as there are more descriptors than the few that are kept back, for the time when there
/// are no others.</summary>
/// <remarks>
/// <para>Without them the process would be at the mercy of what needs one next: a request opens a file, and the runtime opens
/// a pipe for each thread that it starts (even to handle a signal) and ends the process if it can't.</para>
/// <para>The system gives the lowest number that is free (POSIX, 2.14). So the highest numbers are those that are kept back,
/// and one look at the next number tells whether there are others: nothing is taken that somebody may need meanwhile. Any
/// thread may let clients in: the descriptors are those of all.</para>
/// </remarks>
internal sealed class SpareDescriptors
{
    // A request takes three for a moment, a thread two.
    private const int MinCount = 16;
    private const int CountOfEach = 4;

    private readonly Lock gate = new();
    private readonly int first;
    private readonly int near;
    private volatile bool looks;

    /// <param name="workers">How many threads serve requests.</param>
    public SpareDescriptors(int workers = 1)
    {
        var count = Math.Max(MinCount, CountOfEach * workers);
        first = DescriptorLimit.OfThisProcess - count;
        near = first - count; // each of the threads may let somebody in before it sees where the others are
    }

    /// <summary>Accepts a client, if there is a descriptor for it.</summary>
    /// <exception cref="IOException">As <see cref="Listener.Accept"/>.</exception>
    public AcceptResult Accept(Listener listener, out Connection? connection)
    {
        if (looks)
            return LookAndAccept(listener, out connection);
        var result = listener.Accept(out connection);
        if (result == AcceptResult.OutOfDescriptors || connection?.Slot.Number >= near)
            looks = true; // from now on: that costs little, and nobody needs to find out when it is over
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
            return next.SafeHandle.DangerousGetHandle() < first;
        }
        catch (SocketException)
        {
            return false;
        }
    }
}
