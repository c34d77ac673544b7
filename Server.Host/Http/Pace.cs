// A peer that takes a byte now and then would keep its connection for ever: each byte begins the send timeout anew. So it
// also has to keep a pace. Every byte is worth a moment (at 240 bytes a second, four milliseconds), and moments add up, to
// what is still due. A peer that has taken much at once, as the system's buffers do, may take a pause, but none longer than
// the send timeout.
//
// The point until when it may is computed only where the connection waits anyway, and is the deadline of that wait: no
// timer of its own, and nothing to pay for a client that takes what it is sent.
using Coroutines;

namespace Server.Host.Http;

/// <summary>Until when a client may take its next bytes of an answer, at some minimum rate.</summary>
/// <remarks>Kestrel: MinResponseDataRate, 240 bytes a second after a grace of 5 s.</remarks>
internal struct Pace
{
    private Deadline due;
    private long taken; // since it was asked last
    private bool isUnderWay;

    /// <summary>The client took bytes.</summary>
    /// <param name="bytes">How many.</param>
    /// <param name="isAll">Whether it has all now; the next answer begins with the grace.</param>
    public void Took(int bytes, bool isAll)
    {
        taken += bytes;
        isUnderWay &= !isAll;
    }

    /// <summary>It had to wait for more: that is no fault of its own, and it begins with the grace again.</summary>
    public void HeldUp() => isUnderWay = false;

    /// <summary>Until when it may take the next ones.</summary>
    public Deadline Next(HttpTimeouts timeouts, Deadline now)
    {
        var stall = now.Plus(timeouts.Send);
        if (timeouts.MinSendRate == 0)
            return stall;
        var grace = now.Plus(timeouts.RateGrace);
        if (!due.IsSet)
            due = now;
        due = due.Plus(Worth(taken, timeouts));
        if (!isUnderWay && grace.Since(due) > TimeSpan.Zero)
            due = grace;
        due = Deadline.Earlier(due, stall);
        (taken, isUnderWay) = (0, true);
        return due;
    }

    // More than the send timeout is never left over.
    private static TimeSpan Worth(long bytes, HttpTimeouts timeouts)
    {
        var seconds = (double)bytes / timeouts.MinSendRate;
        return seconds < timeouts.Send.TotalSeconds ? TimeSpan.FromSeconds(seconds) : timeouts.Send;
    }
}
