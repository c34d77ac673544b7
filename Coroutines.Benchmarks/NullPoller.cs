using Coroutines.Polling;

namespace Coroutines.Benchmarks;

/// <summary>Never waits and never finds anything: what is left is the scheduler's own work.</summary>
internal sealed class NullPoller : IPoller
{
    public string Name => "null";

    public void Change(Descriptor descriptor, Interest before) { }

    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready) { }

    public void Wake() { }

    public void Dispose() { }
}
