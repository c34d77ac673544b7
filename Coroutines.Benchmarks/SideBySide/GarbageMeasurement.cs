using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What garbage our server makes while it answers the same request a million times, with epoll.</summary>
[SupportedOSPlatform("linux")]
internal sealed class GarbageMeasurement : IMeasurement
{
    private const long Requests = 1_000_000;

    private static readonly TimeSpan Short = TimeSpan.FromSeconds(2);

    private static readonly Work Counted = Work.First with { CountsGarbage = true };

    private static readonly Target[] None = [new(0, Who: PeerName.Native), new(0, Who: PeerName.Ours)];

    public string Name => "garbage";

    public IEnumerable<RowResult> Run(IReadOnlyList<Peer> peers, Plan plan)
    {
        var measured = peers.Where(peer => peer.Takes(Counted)).ToDictionary(peer => peer.Name, peer => Measure(peer));
        var collections = new RowResult("collections over 1,000,000 requests", "", None);
        collections.Add(measured.ToDictionary(one => one.Key, one => (double)one.Value.Collections));
        var allocated = new RowResult("allocated for each of 1,000,000 requests", "B", None);
        allocated.Add(measured.ToDictionary(one => one.Key, one => one.Value.Bytes));
        return [collections, allocated];
    }

    // Clients that come, and the readings themselves, allocate as much in a short load as in a long one: what counts is by how
    // much the long one allocates more.
    private static (long Collections, double Bytes) Measure(Peer peer)
    {
        using var running = new RunningPeer(peer, Counted);
        using var garbage = new GarbageCounts(running);
        Wrk.Run(running, Plan.WarmUp);

        var begin = garbage.Read();
        var few = Wrk.Run(running, Short).Requests;
        var middle = garbage.Read();
        var many = Wrk.Run(running, Short * Math.Ceiling((Requests + few) / (0.7 * few))).Requests;
        var end = garbage.Read();

        var more = many - few;
        if (more < Requests)
            throw new MissingException($"{peer.Name} answered {more} requests, too few to tell.");
        var bytes = (end.Bytes - middle.Bytes) - (middle.Bytes - begin.Bytes);
        return (end.Collections - middle.Collections, Math.Round(Math.Max(0, bytes) / (double)more, 1));
    }
}
