using Coroutines.Polling;

namespace Coroutines.Benchmarks;

/// <summary>Finds all that is watched ready, at once: the scheduler's share of a wait on a socket, without the kernel's.
/// </summary>
internal sealed class ReadyPoller : IPoller
{
    public string Name => "ready";

    public void Change(Descriptor descriptor, Interest before) { }

    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready)
    {
        for (var i = 0; i < watched.Count; i++)
            ready.Add(new Readiness(watched[i], watched[i].Watched));
    }

    public void Wake() { }

    public void Dispose() { }
}
