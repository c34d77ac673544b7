using Coroutines.Polling;

namespace Server.Host.Debugger;

/// <summary>The sets of one poll: as the poller was asked, and as it answered.</summary>
/// <param name="AskedToRead">The descriptors that were watched for reading.</param>
/// <param name="AskedToWrite">Those that were watched for writing.</param>
/// <param name="Timeout">How long the poll could block.</param>
/// <param name="Readable">Those that it found readable; null before it has answered.</param>
/// <param name="Writable">Those that it found writable; null before it has answered.</param>
internal sealed record PollSets(
    IReadOnlyList<int> AskedToRead,
    IReadOnlyList<int> AskedToWrite,
    TimeSpan Timeout,
    IReadOnlyList<int>? Readable = null,
    IReadOnlyList<int>? Writable = null
)
{
    /// <summary>Whether it would block if nothing became ready: nobody is ready to run meanwhile.</summary>
    public bool CanBlock => Timeout != TimeSpan.Zero;

    public static PollSets Asked(WatchList watched, TimeSpan timeout) =>
        new(
            Numbers(watched, one => one.Watched, Interest.Read, one => one.Number),
            Numbers(watched, one => one.Watched, Interest.Write, one => one.Number),
            timeout
        );

    public PollSets Answered(IReadOnlyList<Readiness> ready) =>
        this with
        {
            Readable = Numbers(ready, one => one.Interest, Interest.Read, one => one.Descriptor.Number),
            Writable = Numbers(ready, one => one.Interest, Interest.Write, one => one.Descriptor.Number),
        };

    /// <inheritdoc/>
    public override string ToString() =>
        $"asked  READ {Set(AskedToRead)} WRITE {Set(AskedToWrite)} {Limit}"
        + (Readable is null ? "" : $"\nback   READ {Set(Readable)} WRITE {Set(Writable!)}");

    /// <summary>How long it could block, for people.</summary>
    public string Limit =>
        Timeout == System.Threading.Timeout.InfiniteTimeSpan ? "without a limit"
        : CanBlock ? FormattableString.Invariant($"{Timeout.TotalSeconds:0.0} s")
        : "without blocking";

    private static string Set(IReadOnlyList<int> numbers) => $"{{{string.Join(',', numbers)}}}";

    private static List<int> Numbers<T>(
        IEnumerable<T> all,
        Func<T, Interest> interestOf,
        Interest interest,
        Func<T, int> numberOf
    ) => [.. all.Where(one => (interestOf(one) & interest) != 0).Select(numberOf).Order()];
}
