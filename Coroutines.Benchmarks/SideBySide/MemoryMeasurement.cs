using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What memory a server takes after some load, and how much more for each client that stays connected.</summary>
[SupportedOSPlatform("linux")]
internal sealed class MemoryMeasurement : IMeasurement
{
    private const int Rounds = 3;
    private const int Clients = 10_000;

    // Their limits must let all of them in.
    private static readonly Work Serving = Work.First with { Idle = Clients };

    public string Name => "memory";

    public IEnumerable<RowResult> Run(IReadOnlyList<Peer> peers, Plan plan)
    {
        var takers = peers.Where(peer => peer.Takes(Serving)).ToList();
        var serving = new RowResult(
            "memory, serving",
            "MB",
            [new(40, Who: PeerName.Native), new(60, Who: PeerName.Ours)]
        );
        var idle = new RowResult(
            "memory for each of 10,000 idle",
            "B",
            [new(1_024, Who: PeerName.Native), new(1_024, Who: PeerName.Ours)]
        );
        for (var round = 0; round < Rounds; round++)
        {
            var measured = takers.ToDictionary(peer => peer.Name, peer => Measure(peer, plan));
            serving.Add(measured.ToDictionary(one => one.Key, one => one.Value.Serving / 1e6));
            idle.Add(measured.ToDictionary(one => one.Key, one => one.Value.More / (double)Clients));
        }
        return [serving, idle];
    }

    private static (long Serving, long More) Measure(Peer peer, Plan plan)
    {
        using var running = new RunningPeer(peer, Serving);
        Wrk.Run(running, Plan.WarmUp + plan.Duration);
        var serving = running.ResidentBytes;
        using var idle = new IdleClients(running.Address, Clients);
        var crowded = running.ResidentBytes;
        idle.CheckConnected();
        return (serving, crowded - serving);
    }
}
