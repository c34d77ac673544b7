using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What one kind of work costs: processor time of each server that takes it, in turn, in short rounds.</summary>
/// <param name="work">The work.</param>
[SupportedOSPlatform("linux")]
internal sealed class CostMeasurement(Work work) : IMeasurement
{
    public string Name => work.Name;

    public IEnumerable<RowResult> Run(IReadOnlyList<Peer> peers, Plan plan)
    {
        using var running = new RunningPeers();
        foreach (var peer in peers.Where(peer => peer.Takes(work)))
            running.Start(peer, work);
        if (work.Targets.Any(target => target.Of == PeerName.First))
            running.Start(peers.First(peer => peer.Name == PeerName.Ours) with { Name = PeerName.First }, Work.First);
        return [Measure(running, plan)];
    }

    private RowResult Measure(RunningPeers running, Plan plan)
    {
        foreach (var peer in running.InTurn())
            Wrk.Run(peer, Plan.WarmUp);
        var result = new RowResult(work.Name, work.Unit, work.Targets);
        for (var round = 0; round < plan.Rounds; round++)
            result.Add(running.InTurn().ToDictionary(peer => peer.Name, peer => CostOf(peer, plan.Duration)));
        return result;
    }

    /// <summary>Microseconds of processor time for each unit of work.</summary>
    private static double CostOf(RunningPeer peer, TimeSpan duration)
    {
        using var idle = new IdleClients(peer.Address, peer.Work.Idle);
        var before = peer.ProcessorTime;
        var answered = Wrk.Run(peer, duration);
        var cost = peer.ProcessorTime - before;
        idle.CheckConnected();
        return cost.TotalMicroseconds / answered.UnitsOf(peer.Work);
    }
}
