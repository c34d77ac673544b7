using System.Net.Sockets;

namespace Server.Host.Http;

/// <summary>A few descriptors that are held back from clients, for the time when there are no others.</summary>
/// <remarks>Without them the process would be at the mercy of what needs one next: a request opens a file, and the runtime
/// opens a pipe for each thread that it starts (even to handle a signal) and ends the process if it can't. Any thread may
/// hold and release them: they are those of all workers together.</remarks>
/// <param name="workers">How many threads serve requests.</param>
internal sealed class SpareDescriptors(int workers = 1)
{
    // A request takes three for a moment, a thread two.
    private const int MinCount = 16;
    private const int CountOfEach = 4;

    private readonly Lock gate = new();
    private readonly int count = Math.Max(MinCount, CountOfEach * workers);
    private readonly Stack<Socket> held = new(MinCount);

    /// <summary>Holds all of them, or none. False if there aren't enough.</summary>
    public bool TryHold()
    {
        lock (gate)
        {
            try
            {
                while (held.Count < count)
                    held.Push(new Socket(SocketType.Stream, ProtocolType.Tcp));
                return true;
            }
            catch (SocketException)
            {
                Release();
                return false;
            }
        }
    }

    /// <summary>Leaves them to those who need them now.</summary>
    public void Release()
    {
        lock (gate)
            while (held.TryPop(out var socket))
                socket.Dispose();
    }
}
