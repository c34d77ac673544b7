using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Coroutines.Polling;

/// <summary>A socket that becomes readable when another thread wants the loop to wake: the self-pipe trick, with a datagram
/// socket connected to itself, since <see cref="Socket.Select(System.Collections.IList?, System.Collections.IList?, System.Collections.IList?, int)"/>
/// takes sockets only, and on every system.</summary>
/// <remarks>
/// The order matters. A waker: do what is to be seen, then ring. The loop: silence, then look. So whatever is done before a
/// ring that was found ringing already is seen by the look that follows its silencing. And silencing empties the socket
/// before it lowers the flag: the other way round it could swallow the byte of the next ring and leave its flag raised,
/// after which nobody would send another byte.
/// </remarks>
[DebuggerNonUserCode]
internal sealed class Waker : IDisposable
{
    private readonly byte[] bell = new byte[1];
    private int ringing;

    public Waker()
    {
        Socket = new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp);
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
        Socket.Blocking = false;
    }

    /// <summary>Readable while it rings.</summary>
    public Socket Socket { get; }

    /// <summary>Makes the socket readable. Any thread may call it; ringing what rings costs nothing.</summary>
    public void Ring()
    {
        if (Interlocked.Exchange(ref ringing, 1) != 0)
            return;
        try
        {
            Socket.Send(bell, SocketFlags.None, out _);
        }
        catch (ObjectDisposedException)
        {
            // The loop has ended; there is nobody left to wake.
        }
    }

    /// <summary>Makes the socket unreadable again. Only the loop calls it.</summary>
    public void Silence()
    {
        Span<byte> sink = stackalloc byte[1];
        while (Socket.Receive(sink, SocketFlags.None, out var error) > 0 && error == SocketError.Success)
            continue;
        // A full fence: the look that follows must not be done before the flag is down for all to see.
        Interlocked.Exchange(ref ringing, 0);
    }

    public void Dispose() => Socket.Dispose();
}
