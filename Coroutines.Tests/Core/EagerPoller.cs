using Coroutines.Polling;

namespace Coroutines.Tests.Core;

/// <summary>Finds all that is watched ready.</summary>
internal sealed class EagerPoller : IPoller
{
    public string Name => "eager";

    public void Change(Descriptor descriptor, Interest before) { }

    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready)
    {
        for (var i = 0; i < watched.Count; i++)
            ready.Add(new Readiness(watched[i], watched[i].Watched));
    }

    public void Wake() { }

    public void Dispose() { }
}
