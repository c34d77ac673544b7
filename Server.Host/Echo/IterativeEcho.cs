using System.Net.Sockets;

namespace Server.Host.Echo;

/// <summary>One client at a time: accept, chat, close. While one client is silent, all the others wait.</summary>
internal sealed class IterativeEcho : IEchoServer
{
    private const int MaxLineBytes = 8 * 1024;

    public void Serve(EchoListener listener)
    {
        while (true)
        {
            using var client = listener.Accept();
            ChatWithClient(client);
        }
    }

    private static void ChatWithClient(Socket client)
    {
        try
        {
            Echo(client);
        }
        catch (SocketException)
        {
            // The client has broken the connection. That ends the chat, and nothing else.
        }
    }

    private static void Echo(Socket client)
    {
        var buffer = new byte[MaxLineBytes];
        var filled = 0;
        int received;
        while ((received = client.Receive(buffer.AsSpan(filled))) > 0)
        {
            filled += received;
            var complete = CompleteLines(buffer.AsSpan(0, filled));
            SendAll(client, buffer.AsSpan(0, complete));
            buffer.AsSpan(complete, filled - complete).CopyTo(buffer);
            filled -= complete;
        }
        SendAll(client, buffer.AsSpan(0, filled)); // a last line without its end
    }

    private static int CompleteLines(ReadOnlySpan<byte> bytes) =>
        bytes.Length == MaxLineBytes ? bytes.Length : bytes.LastIndexOf((byte)'\n') + 1;

    private static void SendAll(Socket client, ReadOnlySpan<byte> bytes)
    {
        while (bytes.Length > 0)
            bytes = bytes[client.Send(bytes)..];
    }
}
