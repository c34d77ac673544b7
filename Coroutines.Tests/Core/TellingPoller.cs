using Coroutines.Polling;

namespace Coroutines.Tests.Core;

/// <summary>Finds nothing ready, and tells what it is asked.</summary>
internal sealed class TellingPoller(Story story) : IPoller
{
    public string Name => "telling";

    public void Change(Descriptor descriptor, Interest before) => story.Tell($"change {descriptor}");

    public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready) => story.Tell("poll");

    public void Wake() => story.Tell("wake");

    public void Dispose() => story.Tell("close");
}
