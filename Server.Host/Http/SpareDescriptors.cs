using System.Net.Sockets;

namespace Server.Host.Http;

/// <summary>A few descriptors that are held back from clients, for the time when there are no others.</summary>
/// <remarks>Without them the process would be at the mercy of what needs one next: a request opens a file, and the runtime
/// opens a pipe for each thread that it starts (even to handle a signal) and ends the process if it can't.</remarks>
internal sealed class SpareDescriptors
{
    // A request takes three for a moment, a thread two.
    private const int Count = 16;

    private readonly Stack<Socket> held = new(Count);

    /// <summary>Holds all of them, or none. False if there aren't enough.</summary>
    public bool TryHold()
    {
        try
        {
            while (held.Count < Count)
                held.Push(new Socket(SocketType.Stream, ProtocolType.Tcp));
            return true;
        }
        catch (SocketException)
        {
            Release();
            return false;
        }
    }

    /// <summary>Leaves them to those who need them now.</summary>
    public void Release()
    {
        while (held.TryPop(out var socket))
            socket.Dispose();
    }
}
