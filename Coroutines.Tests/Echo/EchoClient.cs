using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coroutines.Tests.Echo;

/// <summary>A client of an echo server. Blocks, with a limit.</summary>
internal sealed class EchoClient : IDisposable
{
    /// <summary>How long a server that works may take; one that doesn't fails by then.</summary>
    public static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(20);

    private const int PieceBytes = 64 * 1024;

    private readonly Socket socket = new(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);

    public EchoClient(IPEndPoint server, TimeSpan? patience = null, int? receiveBufferBytes = null)
    {
        Patience = patience ?? DefaultPatience;
        socket.NoDelay = true;
        if (receiveBufferBytes is { } bytes)
            socket.ReceiveBufferSize = bytes;
        socket.Connect(server);
    }

    /// <summary>How long a send and a receive may take.</summary>
    public TimeSpan Patience
    {
        get => TimeSpan.FromMilliseconds(socket.ReceiveTimeout);
        set => socket.ReceiveTimeout = socket.SendTimeout = (int)value.TotalMilliseconds;
    }

    public void Send(string text) => Send(Encoding.Latin1.GetBytes(text));

    public void Send(ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[socket.Send(bytes)..];
    }

    /// <summary>Sends as much as the way to the server and back takes in while nobody reads here.</summary>
    public void SendUntilStuck()
    {
        var piece = new byte[PieceBytes];
        Array.Fill(piece, (byte)'\n');
        socket.Blocking = false;
        while (socket.Poll(TimeSpan.FromMilliseconds(200), SelectMode.SelectWrite))
            socket.Send(piece, SocketFlags.None, out _);
        socket.Blocking = true;
    }

    public void HalfClose() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Breaks the connection instead of ending it.</summary>
    public void Reset()
    {
        socket.LingerState = new LingerOption(enable: true, seconds: 0);
        socket.Close();
    }

    /// <summary>Receives once.</summary>
    public string Receive()
    {
        var buffer = new byte[PieceBytes];
        return Encoding.Latin1.GetString(buffer, 0, socket.Receive(buffer));
    }

    /// <summary>Receives so many bytes.</summary>
    public byte[] Receive(int bytes)
    {
        var received = new byte[bytes];
        for (var filled = 0; filled < bytes; )
        {
            var count = socket.Receive(received.AsSpan(filled));
            count.ShouldBeGreaterThan(0, $"The server closed after {filled} bytes of {bytes}.");
            filled += count;
        }
        return received;
    }

    /// <summary>Receives until the server closes.</summary>
    public byte[] ReceiveToEnd()
    {
        var received = new MemoryStream();
        var buffer = new byte[PieceBytes];
        int count;
        while ((count = socket.Receive(buffer)) > 0)
            received.Write(buffer, 0, count);
        return received.ToArray();
    }

    public void Dispose() => socket.Dispose();
}
