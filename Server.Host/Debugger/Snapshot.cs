using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>A server at one moment: a copy, which may be read on any thread.</summary>
/// <param name="Number">Counted from 1.</param>
/// <param name="Turn">How many turns its loop had begun.</param>
/// <param name="Phase">Where in its turn the loop stood.</param>
internal sealed record Snapshot(long Number, long Turn, Phase Phase)
{
    /// <summary>The number of the coroutine that was to be resumed next, in <see cref="Phase.Resume"/>.</summary>
    public int? Next { get; init; }

    /// <summary>The same in words, such as <c>#3 'client' is resumed</c>.</summary>
    public string? NextText { get; init; }

    /// <summary>The coroutines; null if it has none.</summary>
    public SchedulerDump? Dump { get; init; }

    /// <summary>Whether it was taken in passing: states and waits, no frames; of a crowd neither connections nor targets.
    /// </summary>
    public bool IsLight { get; init; }

    /// <summary>The last poll; null if none was looked at.</summary>
    public PollSets? Sets { get; init; }

    /// <summary>The connections.</summary>
    public IReadOnlyList<Wire> Network { get; init; } = [];

    /// <summary>The targets of the requests that are answered, by the numbers of the coroutines.</summary>
    public IReadOnlyDictionary<int, string> Targets { get; init; } = new Dictionary<int, string>();

    /// <summary>What other models than coroutines consist of; null for those that have coroutines.</summary>
    public ModelTables? Tables { get; init; }

    /// <summary>The coroutines that have failed last.</summary>
    public IReadOnlyList<FailedCoroutine> Failed { get; init; } = [];

    /// <summary>What has happened since the snapshot before.</summary>
    public IReadOnlyList<Happening> Happenings { get; init; } = [];

    /// <summary>The coroutines, in the order of their spawning.</summary>
    public IReadOnlyList<CoroutineDump> Coroutines => Dump?.Coroutines ?? [];

    /// <summary>The numbers of those that are ready, in the order in which they are resumed.</summary>
    public IReadOnlyList<int> Ready => Dump is null ? [] : [.. Next is { } next ? [next] : (int[])[], .. Dump.Ready];

    /// <summary>What has happened since the snapshot before, a sentence each.</summary>
    public IEnumerable<string> Events => Happenings.Select(happening => happening.Text);

    /// <summary>Where it stands, in a sentence.</summary>
    public string Headline =>
        Phase switch
        {
            Phase.Resume => $"Turn {Turn}: {NextText} next.",
            Phase.Poll => $"Turn {Turn}: the poller is asked next; {Sets!.Outlook}.",
            Phase.Polled => $"Turn {Turn}: the poller has answered.",
            Phase.ByKernel => "The kernel runs it: there are no turns.",
            _ => $"Turn {Turn}: it runs.",
        };
}
