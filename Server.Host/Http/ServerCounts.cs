namespace Server.Host.Http;

/// <summary>What a server has done so far, or one of its workers. Any thread may count, and read.</summary>
/// <remarks>The numbers lie alone on their lines of the processor's cache: what another thread writes beside them would take
/// the lines away at each request.</remarks>
internal sealed class ServerCounts
{
    private const int Classes = 5;

    // Two lines of 64 bytes: processors fetch them in pairs.
    private const int Alone = 128 / sizeof(long);

    private readonly long[] counts = new long[Alone + Count + Alone];

    private const int AcceptedAt = Alone;
    private const int EndedAt = Alone + 1;
    private const int RefusedAt = Alone + 2;
    private const int OverdueAt = Alone + 3;
    private const int SentAt = Alone + 4;
    private const int HitsAt = Alone + 5;
    private const int MissesAt = Alone + 6;
    private const int AnswersAt = Alone + 7;
    private const int Count = 7 + Classes;

    /// <summary>The classes of statuses, 1 to 5: RFC 9110, section 15.</summary>
    public static IEnumerable<int> StatusClasses => Enumerable.Range(1, Classes);

    /// <summary>Clients that were accepted.</summary>
    public long Accepted => Read(AcceptedAt);

    /// <summary>Clients that are connected.</summary>
    public long Connections => Accepted - Read(EndedAt);

    /// <summary>Clients that were told that there are too many, or let go for that.</summary>
    public long Refused => Read(RefusedAt);

    /// <summary>Clients that were let go since they took or sent too slowly.</summary>
    public long Overdue => Read(OverdueAt);

    /// <summary>Bytes that were handed to the system, heads included.</summary>
    public long SentBytes => Read(SentAt);

    /// <summary>Requests whose file was in the cache.</summary>
    public long CacheHits => Read(HitsAt);

    /// <summary>Requests whose path had to be looked up on the disk.</summary>
    public long CacheMisses => Read(MissesAt);

    /// <summary>Answers whose status is of a class.</summary>
    /// <param name="statusClass">1 to 5.</param>
    public long AnswersOf(int statusClass) => Read(AnswersAt + statusClass - 1);

    public void CountAccepted() => Increment(AcceptedAt);

    public void CountEnded() => Increment(EndedAt);

    public void CountRefused() => Increment(RefusedAt);

    public void CountOverdue() => Increment(OverdueAt);

    public void CountAnswer(int status) => Increment(AnswersAt + (status / 100) - 1);

    public void CountSent(int bytes) => Interlocked.Add(ref counts[SentAt], bytes);

    public void CountCacheHit() => Increment(HitsAt);

    public void CountCacheMiss() => Increment(MissesAt);

    private long Read(int at) => Volatile.Read(ref counts[at]);

    private void Increment(int at) => Interlocked.Increment(ref counts[at]);
}
