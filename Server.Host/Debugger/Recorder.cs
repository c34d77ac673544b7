using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>Takes snapshots of a scheduler, on its thread: of everything where it stands still, of states and waits in
/// passing.</summary>
/// <param name="scheduler">Whose.</param>
/// <param name="network">The connections of what it runs.</param>
/// <param name="targets">The requests that its coroutines answer.</param>
/// <param name="failures">Those that have failed.</param>
internal sealed class Recorder(Scheduler scheduler, Network network, Targets targets, Failures failures)
{
    // Reading a coroutine and its connection takes some microseconds: on the way through a turn, a crowd isn't read.
    private const int MaxReadOnTheWay = 256;

    /// <summary>What was seen.</summary>
    public SnapshotRing Snapshots { get; } = new();

    /// <summary>The last poll; null if none was looked at.</summary>
    public PollSets? Sets { get; set; }

    /// <summary>Keeps everything.</summary>
    public void Keep(Phase phase, Coroutine? next) =>
        Snapshots.Add(number => WithConnections(Of(number, phase, next, scheduler.Dump())));

    /// <summary>Keeps as much as can be read on the way to somewhere else.</summary>
    public void KeepOnTheWay(Phase phase, Coroutine? next)
    {
        if (scheduler.Count <= MaxReadOnTheWay)
            Keep(phase, next);
        else
            Snapshots.Add(number => StatesOf(number, phase, next));
    }

    /// <summary>Keeps what can be seen of a scheduler that runs.</summary>
    public void KeepGlance() => Snapshots.Add(number => WithConnections(StatesOf(number, Phase.Running, next: null)));

    private Snapshot WithConnections(Snapshot snapshot) =>
        snapshot with
        {
            Network = network.Copy(scheduler.Watched),
            Targets = targets.Copy(),
        };

    private Snapshot StatesOf(long number, Phase phase, Coroutine? next) =>
        Of(number, phase, next, scheduler.DumpStates()) with
        {
            IsLight = true,
        };

    private Snapshot Of(long number, Phase phase, Coroutine? next, SchedulerDump dump) =>
        new(number, dump.Turn, phase)
        {
            Next = next?.Id,
            NextText = next is null ? null : $"#{next.Id} '{next.Name}' is resumed",
            Dump = dump,
            Sets = Sets,
            Happenings = network.Journal.Take(),
            Failed = failures.Copy(),
        };
}
