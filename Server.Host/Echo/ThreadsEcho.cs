using System.Net.Sockets;

namespace Server.Host.Echo;

/// <summary>A thread for each client, at most so many at a time. Each blocks in its own receive and send; the kernel
/// decides which of them runs.</summary>
/// <param name="maxThreads">How many clients are served at a time; more wait to be accepted. 1 or more.</param>
internal sealed class ThreadsEcho(int maxThreads) : IEchoServer
{
    private const int MaxLineBytes = 8 * 1024;

    public void Serve(EchoListener listener)
    {
        // The one thing that the threads share. With a counter of our own, two threads at once could lose a 'count--'.
        using var available = new SemaphoreSlim(maxThreads);
        while (true)
        {
            available.Wait();
            var client = listener.Accept();
            StartThread(client, available);
        }
    }

    private static void StartThread(Socket client, SemaphoreSlim available)
    {
        try
        {
            new Thread(() => ChatWithClient(client, available)) { IsBackground = true }.Start();
        }
        catch (OutOfMemoryException)
        {
            // The system has no thread left. This client is let go; the next one may fare better.
            client.Dispose();
            available.Release();
        }
    }

    private static void ChatWithClient(Socket client, SemaphoreSlim available)
    {
        try
        {
            Echo(client);
        }
        catch (SocketException)
        {
            // The client has broken the connection. That ends this thread, and nothing else.
        }
        finally
        {
            client.Dispose();
            available.Release();
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
