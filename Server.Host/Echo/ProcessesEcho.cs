using System.Collections.Concurrent;
using System.ComponentModel;
using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Server.Host.Models;

namespace Server.Host.Echo;

/// <summary>A process for each client, at most so many at a time. The child inherits the descriptor of its client; what it
/// does to itself, a crash too, it does to that client alone.</summary>
/// <param name="maxProcesses">How many children live at a time; more clients wait to be accepted. 1 or more.</param>
[SupportedOSPlatform("linux")]
internal sealed class ProcessesEcho(int maxProcesses) : IEchoServer
{
    private const int MaxLineBytes = 8 * 1024;

    // Changed by the loop alone. So there is nothing to race for, and no need of the lecture's sigprocmask, which keeps a
    // SIGCHLD handler from changing the count while the loop does.
    private int processes;

    public void Serve(EchoListener listener)
    {
        // Where children that have ended are put, by a thread of the runtime's that has reaped them already.
        using var ended = new BlockingCollection<Process>();
        while (true)
        {
            WaitForAvailableProcess(ended);
            using var client = listener.Accept(); // the parent's copy is closed, or its descriptors would run out
            StartChild(client, ended);
        }
    }

    /// <summary>What the child does.</summary>
    public static void ServeInherited(Socket client)
    {
        using (client)
            ChatWithClient(client);
    }

    private void WaitForAvailableProcess(BlockingCollection<Process> ended)
    {
        while (ended.TryTake(out var child, processes < maxProcesses ? 0 : Timeout.Infinite))
        {
            child.Dispose();
            processes--;
        }
    }

    private void StartChild(Socket client, BlockingCollection<Process> ended)
    {
        try
        {
            ChildProcess.Start(ChildCommand.EchoClient, [client], [], ended.Add);
            processes++;
        }
        catch (Win32Exception)
        {
            // The system has no process left. This client is let go; the next one may fare better.
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
            // The client has broken the connection. That ends this process, and nothing else.
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
