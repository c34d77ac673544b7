using System.Net.Sockets;
using Coroutines.Polling;

namespace Server.Host.Debugger;

/// <summary>The sets of one poll: as the poller was asked, and as it answered.</summary>
/// <param name="AskedToRead">The descriptors that were watched for reading.</param>
/// <param name="AskedToWrite">Those that were watched for writing.</param>
/// <param name="Timeout">How long the poll could block.</param>
/// <param name="ReadyBefore">Those that were ready before it was asked, so that it won't block.</param>
/// <param name="Readable">Those that it found readable; null before it has answered.</param>
/// <param name="Writable">Those that it found writable; null before it has answered.</param>
internal sealed record PollSets(
    IReadOnlyList<int> AskedToRead,
    IReadOnlyList<int> AskedToWrite,
    TimeSpan Timeout,
    IReadOnlyList<int> ReadyBefore,
    IReadOnlyList<int>? Readable = null,
    IReadOnlyList<int>? Writable = null
)
{
    /// <summary>Whether it may block: nobody is ready to run meanwhile.</summary>
    public bool CanBlock => Timeout != TimeSpan.Zero;

    /// <summary>Whether it blocks until something becomes ready: nothing is yet.</summary>
    public bool WouldBlock => CanBlock && ReadyBefore.Count == 0;

    public static PollSets Asked(WatchList watched, TimeSpan timeout) =>
        new(
            Numbers(watched, one => one.Watched, Interest.Read, one => one.Number),
            Numbers(watched, one => one.Watched, Interest.Write, one => one.Number),
            timeout,
            Numbers(watched, ReadinessOf, Interest.Read | Interest.Write, one => one.Number)
        );

    public static PollSets Asked(IEnumerable<Socket> readable, IEnumerable<Socket> writable, TimeSpan timeout) =>
        new(
            Numbers(readable),
            Numbers(writable),
            timeout,
            [
                .. Numbers(readable.Where(socket => socket.Poll(0, SelectMode.SelectRead)))
                    .Union(Numbers(writable.Where(socket => socket.Poll(0, SelectMode.SelectWrite))))
                    .Order(),
            ]
        );

    public PollSets Answered(IEnumerable<Socket> readable, IEnumerable<Socket> writable) =>
        this with
        {
            Readable = Numbers(readable),
            Writable = Numbers(writable),
        };

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

    /// <summary>Whether it blocks, and why it doesn't, for people.</summary>
    public string Outlook =>
        WouldBlock ? "it would block"
        : CanBlock
            ? $"it won't block: fd {string.Join(", ", ReadyBefore)} {(ReadyBefore.Count > 1 ? "are" : "is")} ready"
        : "it won't block: somebody is ready to run";

    /// <summary>How long it could block, for people.</summary>
    public string Limit =>
        Timeout == System.Threading.Timeout.InfiniteTimeSpan ? "without a limit"
        : CanBlock ? FormattableString.Invariant($"{Timeout.TotalSeconds:0.0} s")
        : "without blocking";

    // The kernel is asked, without waiting: what it says before the poll is what the poll will find.
    private static Interest ReadinessOf(Descriptor one) =>
        one.Socket is not { SafeHandle.IsClosed: false } socket
            ? Interest.None
            : ((one.Watched & Interest.Read) != 0 && socket.Poll(0, SelectMode.SelectRead) ? Interest.Read : 0)
                | ((one.Watched & Interest.Write) != 0 && socket.Poll(0, SelectMode.SelectWrite) ? Interest.Write : 0);

    private static List<int> Numbers(IEnumerable<Socket> sockets) =>
        [.. sockets.Select(socket => (int)socket.SafeHandle.DangerousGetHandle()).Order()];

    private static string Set(IReadOnlyList<int> numbers) => $"{{{string.Join(',', numbers)}}}";

    private static List<int> Numbers<T>(
        IEnumerable<T> all,
        Func<T, Interest> interestOf,
        Interest interest,
        Func<T, int> numberOf
    ) => [.. all.Where(one => (interestOf(one) & interest) != 0).Select(numberOf).Order()];
}
