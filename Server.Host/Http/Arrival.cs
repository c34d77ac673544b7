using Coroutines;

namespace Server.Host.Http;

/// <summary>Until when a client may send what is awaited next: a head, one more request, a content.</summary>
/// <remarks>The deadline is set once for each of them, so that a byte now and then doesn't prolong it; within a content it may
/// be earlier, if that comes more slowly than <see cref="HttpTimeouts.MinReceiveRate"/>.</remarks>
internal struct Arrival
{
    private Deadline deadline;
    private Deadline contentDue; // when the first byte of the content would have to have come
    private long answeredBefore = -1; // when the deadline was set

    public Arrival() { }

    /// <summary>What was awaited last.</summary>
    public Awaited Awaited { get; private set; } = Awaited.Head;

    /// <summary>How many bytes of the request's content have come.</summary>
    public long ContentBytes { get; set; }

    /// <summary>Until when the next bytes are awaited.</summary>
    /// <param name="next">What they belong to.</param>
    /// <param name="answered">How many requests were answered before them.</param>
    /// <param name="timeouts">How long each may take.</param>
    /// <param name="now">The time.</param>
    public Deadline Next(Awaited next, long answered, HttpTimeouts timeouts, Deadline now)
    {
        if (next != Awaited || answered != answeredBefore)
            Begin(next, answered, timeouts, now);
        if (next != Awaited.Content || timeouts.MinReceiveRate == 0)
            return deadline;
        var worth = Math.Min((double)ContentBytes / timeouts.MinReceiveRate, timeouts.Content.TotalSeconds);
        return Deadline.Earlier(deadline, contentDue.Plus(TimeSpan.FromSeconds(worth)));
    }

    private void Begin(Awaited next, long answered, HttpTimeouts timeouts, Deadline now)
    {
        (Awaited, answeredBefore) = (next, answered);
        deadline = now.Plus(TimeoutOf(next, timeouts));
        contentDue = now.Plus(timeouts.RateGrace);
    }

    private static TimeSpan TimeoutOf(Awaited next, HttpTimeouts timeouts) =>
        next switch
        {
            Awaited.Head => timeouts.Head,
            Awaited.Request => timeouts.Idle,
            _ => timeouts.Content,
        };
}
