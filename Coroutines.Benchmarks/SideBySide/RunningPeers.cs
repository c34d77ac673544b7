using System.Net;
using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Servers that run at the same time, and are asked in turn. Disposing them ends them all.</summary>
[SupportedOSPlatform("linux")]
internal sealed class RunningPeers : IDisposable
{
    private readonly List<RunningPeer> running = [];

    /// <summary>Starts one more, which answers as all do: a fast error would be no feat.</summary>
    public void Start(Peer peer, Work work)
    {
        var one = new RunningPeer(peer, work);
        running.Add(one);
        Check(one);
    }

    /// <summary>All of them; each time another one begins.</summary>
    public IReadOnlyList<RunningPeer> InTurn()
    {
        running.Add(running[0]);
        running.RemoveAt(0);
        return [.. running];
    }

    public void Dispose() => running.ForEach(peer => peer.Dispose());

    private static void Check(RunningPeer peer)
    {
        var work = peer.Work;
        using var client = new HttpClient { Timeout = TimeSpan.FromSeconds(10) };
        using var request = new HttpRequestMessage(new(work.Method), $"http://{peer.Address}{work.Path}");
        foreach (var (name, value) in peer.Fields)
            request.Headers.TryAddWithoutValidation(name, value);
        using var response = client.Send(request);
        var coding = response.Content.Headers.ContentEncoding.SingleOrDefault();
        if (response.StatusCode != (HttpStatusCode)work.Status || coding != work.Coding)
            throw new MissingException($"{peer.Name}, {work.Name}: {response}");
    }
}
