namespace Server.Host.Http;

/// <summary>What a server has done so far. Any thread may count, and read.</summary>
internal sealed class ServerCounts
{
    private const int Classes = 5;

    private readonly long[] answers = new long[Classes];
    private long accepted;
    private long ended;
    private long refused;
    private long overdue;
    private long sentBytes;
    private long cacheHits;
    private long cacheMisses;

    /// <summary>The classes of statuses, 1 to 5: RFC 9110, section 15.</summary>
    public static IEnumerable<int> StatusClasses => Enumerable.Range(1, Classes);

    /// <summary>Clients that were accepted.</summary>
    public long Accepted => Volatile.Read(ref accepted);

    /// <summary>Clients that are connected.</summary>
    public long Connections => Accepted - Volatile.Read(ref ended);

    /// <summary>Clients that were told that there are too many.</summary>
    public long Refused => Volatile.Read(ref refused);

    /// <summary>Clients that were let go since they took or sent too slowly.</summary>
    public long Overdue => Volatile.Read(ref overdue);

    /// <summary>Bytes that were handed to the system, heads included.</summary>
    public long SentBytes => Volatile.Read(ref sentBytes);

    /// <summary>Requests whose file was in the cache.</summary>
    public long CacheHits => Volatile.Read(ref cacheHits);

    /// <summary>Requests whose path had to be looked up on the disk.</summary>
    public long CacheMisses => Volatile.Read(ref cacheMisses);

    /// <summary>Answers whose status is of a class.</summary>
    /// <param name="statusClass">1 to 5.</param>
    public long AnswersOf(int statusClass) => Volatile.Read(ref answers[statusClass - 1]);

    public void CountAccepted() => Interlocked.Increment(ref accepted);

    public void CountEnded() => Interlocked.Increment(ref ended);

    public void CountRefused() => Interlocked.Increment(ref refused);

    public void CountOverdue() => Interlocked.Increment(ref overdue);

    public void CountAnswer(int status) => Interlocked.Increment(ref answers[status / 100 - 1]);

    public void CountSent(int bytes) => Interlocked.Add(ref sentBytes, bytes);

    public void CountCacheHit() => Interlocked.Increment(ref cacheHits);

    public void CountCacheMiss() => Interlocked.Increment(ref cacheMisses);
}
