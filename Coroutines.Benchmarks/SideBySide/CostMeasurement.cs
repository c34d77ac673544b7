using System.Net;
using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Measures one kind of work, by all servers that take it, in turn.</summary>
/// <param name="work">The work.</param>
/// <param name="rounds">How many rounds count.</param>
/// <param name="duration">How long each server is under load in each.</param>
[SupportedOSPlatform("linux")]
internal sealed class Measurement(Work work, int rounds, TimeSpan duration)
{
    private static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(4);

    /// <summary>Measures.</summary>
    public WorkResult Run(IReadOnlyList<Peer> peers)
    {
        var running = peers.Where(peer => peer.Takes(work)).Select(peer => new RunningPeer(peer, work)).ToList();
        try
        {
            running.ForEach(Check);
            running.ForEach(peer => Wrk.Run(peer, work, WarmUp)); // until what is hot has been compiled
            var result = new WorkResult(work);
            for (var round = 0; round < rounds; round++)
            {
                result.Add(running.ToDictionary(peer => peer.Peer.Name, CostOf));
                running.Add(running[0]); // another one begins the next
                running.RemoveAt(0);
            }
            return result;
        }
        finally
        {
            running.ForEach(peer => peer.Dispose());
        }
    }

    /// <summary>Microseconds of processor time for each unit of work.</summary>
    private double CostOf(RunningPeer peer)
    {
        using var idle = new IdleClients(peer.Address, work.Idle);
        var before = peer.ProcessorTime;
        var requests = Wrk.Run(peer, work, duration);
        return (peer.ProcessorTime - before).TotalMicroseconds / (requests * (work.Megabytes ?? 1));
    }

    /// <summary>Whether it answers as all do; a fast error would be no feat.</summary>
    private void Check(RunningPeer peer)
    {
        using var client = new HttpClient();
        using var request = new HttpRequestMessage(new(work.Method), $"http://{peer.Address}{work.Path}");
        foreach (var (name, value) in work.Fields)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = client.Send(request);
        if (response.StatusCode != (HttpStatusCode)work.Status)
            throw new MissingException($"{peer.Peer.Name}, {work.Name}: {response}");
    }
}
