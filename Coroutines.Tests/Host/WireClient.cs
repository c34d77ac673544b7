using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Coroutines.Tests.Host;

/// <summary>A client that sends and receives bytes as it is told. Blocks, with a limit.</summary>
internal sealed class WireClient : IDisposable
{
    private const int MinRoom = 16 * 1024;

    private readonly Socket socket;
    private byte[] received = new byte[MinRoom];
    private int start;
    private int end;

    /// <param name="server">Where to.</param>
    /// <param name="receiveBufferBytes">How much the system takes in before the client reads; null: as it likes.</param>
    public WireClient(IPEndPoint server, int? receiveBufferBytes = null)
    {
        var timeout = (int)ServerProcess.Patience.TotalMilliseconds;
        socket = new(server.AddressFamily, SocketType.Stream, ProtocolType.Tcp)
        {
            ReceiveTimeout = timeout,
            SendTimeout = timeout,
            NoDelay = true,
        };
        if (receiveBufferBytes is { } bytes)
            socket.ReceiveBufferSize = bytes;
        socket.Connect(server);
    }

    /// <summary>The port at this end.</summary>
    public int LocalPort => ((IPEndPoint)socket.LocalEndPoint!).Port;

    private ReadOnlySpan<byte> Received => received.AsSpan(start, end - start);

    /// <summary>Whether the server has closed the connection, and has sent nothing that wasn't received.</summary>
    public bool IsClosedByServer => socket.Poll(0, SelectMode.SelectRead) && socket.Available == 0;

    public void Send(string bytes) => socket.Send(Encoding.Latin1.GetBytes(bytes));

    /// <summary>Asks for a path.</summary>
    public void Get(string path, string fields = "") => Send($"GET {path} HTTP/1.1\r\nHost: localhost\r\n{fields}\r\n");

    /// <summary>Receives the whole answer to a GET.</summary>
    public Answer ReceiveAnswer()
    {
        var head = ReceiveHead();
        var length = Encoding
            .ASCII.GetString(head)
            .Split("\r\n")
            .First(line => line.StartsWith("Content-Length: ", StringComparison.Ordinal));
        var bytes = int.Parse(length["Content-Length: ".Length..], CultureInfo.InvariantCulture);
        return new(Encoding.ASCII.GetString(head), Take(bytes));
    }

    /// <summary>Receives an answer's head, with the empty line, and leaves the content.</summary>
    public byte[] ReceiveHead()
    {
        int length;
        while ((length = Received.IndexOf("\r\n\r\n"u8)) < 0)
            ReceiveSome().ShouldBeTrue("The server closed before the end of a head.");
        return Take(length + "\r\n\r\n"u8.Length);
    }

    /// <summary>Receives so many bytes. False if the server closes before.</summary>
    public bool TryReceive(int bytes, out byte[] content)
    {
        while (Received.Length < bytes)
        {
            if (ReceiveSome())
                continue;
            content = [];
            return false;
        }
        content = Take(bytes);
        return true;
    }

    /// <summary>Receives a line, without its end.</summary>
    public string ReceiveLine()
    {
        int length;
        while ((length = Received.IndexOf((byte)'\n')) < 0)
            ReceiveSome().ShouldBeTrue("The server closed before the end of a line.");
        return Encoding.UTF8.GetString(Take(length + 1)[..length]);
    }

    /// <summary>Receives until the server closes.</summary>
    public byte[] ReceiveToEnd()
    {
        while (ReceiveSome())
            continue;
        return Take(Received.Length);
    }

    /// <summary>Says that nothing more will be sent.</summary>
    public void HalfClose() => socket.Shutdown(SocketShutdown.Send);

    /// <summary>Closes with a reset.</summary>
    public void Reset()
    {
        socket.LingerState = new(enable: true, seconds: 0);
        socket.Close();
    }

    public void Dispose() => socket.Dispose();

    private byte[] Take(int bytes)
    {
        while (Received.Length < bytes)
            ReceiveSome().ShouldBeTrue($"The server closed after {Received.Length} bytes of {bytes}.");
        var taken = Received[..bytes].ToArray();
        start += bytes;
        if (start == end)
            (start, end) = (0, 0);
        return taken;
    }

    private bool ReceiveSome()
    {
        if (received.Length - end < MinRoom)
            Array.Resize(ref received, 2 * received.Length);
        var count = socket.Receive(received.AsSpan(end));
        end += count;
        return count > 0;
    }
}
