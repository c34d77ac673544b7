using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>A scheduler, and what it runs, at one moment: a copy, which may be read on any thread.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Phase">Where in its turn the scheduler stood.</param>
/// <param name="Next">The number of the coroutine that was to be resumed next, in <see cref="Phase.Resume"/>.</param>
/// <param name="Dump">The coroutines.</param>
/// <param name="Ready">The numbers of those in the ready queue, in order.</param>
/// <param name="Sets">The last poll; null before the first.</param>
/// <param name="Network">The connections.</param>
/// <param name="Events">What has happened since the snapshot before, a sentence each.</param>
internal sealed record Snapshot(
    long Number,
    Phase Phase,
    int? Next,
    SchedulerDump Dump,
    IReadOnlyList<int> Ready,
    PollSets? Sets,
    IReadOnlyList<Wire> Network,
    IReadOnlyList<string> Events
)
{
    /// <summary>Where it stands, in a sentence.</summary>
    public string Headline =>
        Phase switch
        {
            Phase.Resume =>
                $"Turn {Dump.Turn}: #{Next} '{Dump.Coroutines.First(one => one.Id == Next).Name}' is resumed next.",
            Phase.Poll =>
                $"Turn {Dump.Turn}: the poller is asked next; it {(Sets!.CanBlock ? "would block" : "won't block")}.",
            _ => $"Turn {Dump.Turn}: the poller has answered.",
        };
}
