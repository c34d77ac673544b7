using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>How long a server takes from its start to the first byte of its first answer.</summary>
[SupportedOSPlatform("linux")]
internal sealed class StartMeasurement : IMeasurement
{
    private const int Rounds = 20;

    public string Name => "start to the first byte";

    public IEnumerable<RowResult> Run(IReadOnlyList<Peer> peers, Plan plan)
    {
        var takers = peers.Where(peer => peer.Takes(Work.First)).ToList();
        takers.ForEach(peer => Start(peer)); // until its files are in memory
        var result = new RowResult(Name, "ms", [new(30, Who: PeerName.Native)]);
        for (var round = 0; round < Rounds; round++)
            result.Add(takers.ToDictionary(peer => peer.Name, peer => Start(peer).TotalMilliseconds));
        return [result];
    }

    private static TimeSpan Start(Peer peer)
    {
        var watch = Stopwatch.StartNew();
        using var running = new RunningPeer(peer, Work.First);
        using var client = new TcpClient();
        client.Connect(running.Address);
        client.Client.Send(Site.Request);
        return client.Client.Receive(new byte[1]) == 1
            ? watch.Elapsed
            : throw new MissingException($"{peer.Name} doesn't answer.");
    }
}
