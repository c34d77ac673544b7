using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Server.Host.Models;

/// <summary>A socket that another thread, or another process, makes readable: a datagram socket connected to itself. Each
/// ring is a datagram, which one of all that wait can take.</summary>
internal sealed class Bell : IDisposable
{
    private static readonly byte[] Sound = [1];

    public Bell()
        : this(new Socket(AddressFamily.InterNetwork, SocketType.Dgram, ProtocolType.Udp))
    {
        Socket.Bind(new IPEndPoint(IPAddress.Loopback, 0));
        Socket.Connect(Socket.LocalEndPoint!);
        Socket.Blocking = false;
    }

    private Bell(Socket socket) => Socket = socket;

    /// <summary>Readable while it rings.</summary>
    public Socket Socket { get; }

    /// <summary>The bell of a parent.</summary>
    /// <param name="descriptor">Its number, as the child was told.</param>
    [SupportedOSPlatform("linux")]
    public static Bell Inherited(string descriptor) => new(ChildProcess.Inherited(descriptor));

    /// <summary>Rings until somebody takes it. Any thread may call it.</summary>
    public void Ring() => Socket.Send(Sound, SocketFlags.None, out _);

    /// <summary>Takes one ring. False if there is none: another one was faster.</summary>
    public bool TryTake()
    {
        Span<byte> sound = stackalloc byte[1];
        return Socket.Receive(sound, SocketFlags.None, out var error) > 0 && error == SocketError.Success;
    }

    public void Dispose() => Socket.Dispose();
}
