using System.Diagnostics.Tracing;
using Coroutines.Polling;
using Keywords = Coroutines.Diagnostics.CoroutinesEventSource.Keywords;

namespace Coroutines.Diagnostics;

/// <summary>Writes what a scheduler does to the event source, while somebody listens to that.</summary>
internal sealed class EventWritingObserver(string scheduler) : SchedulerObserver
{
    private static readonly CoroutinesEventSource Events = CoroutinesEventSource.Instance;

    public override bool IsActive => Events.IsEnabled();

    public override void Spawned(Coroutine coroutine)
    {
        if (Events.IsEnabled(EventLevel.Informational, Keywords.Lives))
            Events.Spawned(scheduler, coroutine.Id, coroutine.Name);
    }

    public override void Resuming(Coroutine coroutine)
    {
        if (Events.IsEnabled(EventLevel.Verbose, Keywords.Steps))
            Events.Resuming(scheduler, coroutine.Id, coroutine.Name);
    }

    public override void Suspended(Coroutine coroutine, Wait wait)
    {
        if (Events.IsEnabled(EventLevel.Verbose, Keywords.Steps))
            Events.Suspended(scheduler, coroutine.Id, coroutine.Name, Legible.TextOf(wait));
    }

    public override void Ended(Coroutine coroutine)
    {
        if (coroutine.Failure is { } failure)
            Failed(coroutine, failure);
        else if (Events.IsEnabled(EventLevel.Informational, Keywords.Lives))
            Events.Ended(scheduler, coroutine.Id, coroutine.Name, coroutine.State.ToString());
    }

    public override void Polling(WatchList watched, TimeSpan timeout)
    {
        if (Events.IsEnabled(EventLevel.Verbose, Keywords.Polls))
            Events.Polling(scheduler, watched.Count, timeout.TotalMilliseconds);
    }

    public override void Polled(IReadOnlyList<Readiness> ready)
    {
        if (Events.IsEnabled(EventLevel.Verbose, Keywords.Polls))
            Events.Polled(scheduler, ready.Count);
    }

    private void Failed(Coroutine coroutine, Exception failure)
    {
        if (Events.IsEnabled(EventLevel.Error, Keywords.Lives))
            Events.Failed(
                scheduler,
                coroutine.Id,
                coroutine.Name,
                failure.GetType().ToString(),
                Legible.MessageOf(failure)
            );
    }
}
