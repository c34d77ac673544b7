using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Server.Host.Comparing;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>A server that runs on the first core. Disposing it ends it.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RunningPeer : IDisposable
{
    private const string Core = "0";

    private readonly Process process;

    public RunningPeer(Peer peer, Work work)
    {
        Peer = peer;
        var start = peer.Start(work);
        start = new("taskset", ["-c", Core, start.FileName, .. start.ArgumentList]) { RedirectStandardOutput = true };
        process = Programs.Start(start, "apt-get install util-linux");
        Address = new(IPAddress.Loopback, peer.Port ?? PortToldBy(process, peer));
        UntilItListens();
    }

    public Peer Peer { get; }

    public IPEndPoint Address { get; }

    /// <summary>What it has computed so far, in the system and out of it.</summary>
    public TimeSpan ProcessorTime =>
        Processes().Aggregate(TimeSpan.Zero, (sum, one) => sum + ProcessorClock.TimeOf(one));

    /// <summary>The memory that it takes, in bytes.</summary>
    public long MemoryBytes => new ProcessTree(process.Id).MemoryBytes();

    public void Dispose()
    {
        process.Kill(entireProcessTree: true);
        process.WaitForExit();
        process.Dispose();
    }

    private IReadOnlyCollection<int> Processes() => new ProcessTree(process.Id).Processes();

    private static int PortToldBy(Process process, Peer peer)
    {
        while (process.StandardOutput.ReadLine() is { } line)
            foreach (var word in line.Split(' '))
                if (word.StartsWith("http://", StringComparison.Ordinal))
                    return new Uri(word).Port;
        throw new MissingException($"{peer.Name} ended before it told where it listens.");
    }

    private void UntilItListens()
    {
        for (var tries = 0; ; tries++)
        {
            try
            {
                using var client = new TcpClient();
                client.Connect(Address);
                return;
            }
            catch (SocketException) when (tries < 100 && !process.HasExited)
            {
                Thread.Sleep(50);
            }
        }
    }
}
