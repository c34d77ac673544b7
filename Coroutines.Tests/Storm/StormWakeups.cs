using Coroutines.Polling;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Coroutines.Tests.Storm;

/// <summary>Checks what a wait brought against what it was for.</summary>
internal sealed class StormWakeups(StormTrace trace, Scheduler scheduler)
{
    /// <summary>Which ways of ending there were, by kind of wait.</summary>
    public HashSet<(WaitKind Kind, string How)> Seen { get; } = [];

    /// <summary>When the turn began.</summary>
    public Deadline Now => scheduler.Now;

    /// <summary>Called by a coroutine right behind the yield.</summary>
    /// <param name="wait">What it yielded.</param>
    /// <param name="start">When.</param>
    public void Check(in Wait wait, Deadline start)
    {
        var woken = Woken;
        trace.Add("goes on", Coroutine.Current!.Id, (int)Coroutine.Current.WokenBy);
        var ended = EndedOf(wait, woken);
        if (woken.DeadlineReached)
            CheckDeadline(ended, start);
        else if (ended.Kind == WaitKind.Sleep)
            CheckTime(ended, start);
        CheckSubject(ended, woken);
        Note(wait.Kind, woken);
    }

    /// <summary>A sender is told that its item was sent exactly if it was.</summary>
    /// <param name="parcel">The item.</param>
    /// <param name="ended">The wait that has ended; another one than the send, if that waited for any of several.</param>
    public void Check(StormParcel parcel, in Wait ended)
    {
        var isToldSo = ended.Kind == WaitKind.Send && !Woken.Closed && !Woken.DeadlineReached;
        Expect(parcel.Send, parcel.IsSent == isToldSo, "tells wrongly whether it was sent");
    }

    /// <summary>Of several waits the one that has ended; all of them, if none has before their deadline.</summary>
    private Wait EndedOf(in Wait wait, in Wakeup woken)
    {
        if (wait.Kind != WaitKind.Any)
            return wait;
        Expect(wait, woken.Index >= 0 || woken.DeadlineReached, "ended by none of its waits, and in time");
        return woken.Index < 0 ? wait : ((AnyOf)wait.Subject!).Waits[woken.Index];
    }

    private void CheckSubject(in Wait wait, in Wakeup woken)
    {
        switch (wait.Kind)
        {
            case WaitKind.Pause or WaitKind.Sleep:
            case WaitKind.Event when !woken.DeadlineReached:
                Expect(wait, Coroutine.Current!.WokenBy == WakeupReason.None, "brought something");
                break;
            case WaitKind.Read or WaitKind.Write or WaitKind.ReadOrWrite:
                CheckSocket(wait, woken, (Connection)wait.Subject!);
                break;
            case WaitKind.Acquire when !woken.DeadlineReached:
                Expect(wait, Coroutine.Current!.WokenBy == WakeupReason.Granted, "brought no permit");
                break;
            case WaitKind.Call:
                Expect(wait, woken.Failure is null, "brought a failure");
                break;
            case WaitKind.Join or WaitKind.TryJoin when !woken.DeadlineReached:
                CheckEnd(wait, woken, (Coroutine)wait.Subject!);
                break;
            default:
                break; // a child's end can be anything
        }
    }

    private void CheckSocket(in Wait wait, in Wakeup woken, Connection connection)
    {
        Expect(wait, woken.Readable || woken.Writable || woken.DeadlineReached || woken.Closed, "brought nothing");
        Expect(wait, !woken.Readable || wait.Kind != WaitKind.Write, "is readable, but is to be written");
        Expect(wait, !woken.Writable || wait.Kind != WaitKind.Read, "is writable, but is to be read");
        Expect(wait, !woken.Closed || connection.IsClosed, "is told to be closed, but is open");
        Expect(wait, connection.Slot.Reader != Coroutine.Current, "still has its reader");
        Expect(wait, connection.Slot.Writer != Coroutine.Current, "still has its writer");
    }

    private void CheckEnd(in Wait wait, in Wakeup woken, Coroutine target)
    {
        Expect(wait, target.HasEnded, "goes on before the end");
        Expect(wait, woken.Cancelled == (target.State == CoroutineState.Cancelled), "tells a wrong end");
        Expect(wait, woken.Failure == (wait.Kind == WaitKind.TryJoin ? target.Failure : null), "tells a wrong failure");
        if (target.Result is int result)
            Expect(wait, woken.Result<int>() == result, "tells a wrong result");
    }

    private void CheckDeadline(in Wait wait, Deadline start)
    {
        if (wait.Kind == WaitKind.JoinScope)
            return; // it may be the scope's
        Expect(wait, wait.Until.IsSet, "was given no deadline, but reached it");
        if (wait.Until.IsSet)
            CheckTime(wait, start);
    }

    /// <summary>The clock stops at every deadline, so each is reached exactly.</summary>
    private void CheckTime(in Wait wait, Deadline start)
    {
        var due = wait.Until.StartingAt(start).Ticks;
        var expected = due <= start.Ticks ? start.Ticks : Milliseconds.RoundUp(due) * TimeSpan.TicksPerMillisecond;
        trace.Expect(scheduler.Now.Ticks == expected, $"{wait} ended at {scheduler.Now.Ticks}, not at {expected}");
    }

    private void Note(WaitKind kind, in Wakeup woken)
    {
        Seen.Add((kind, "at all"));
        if (woken.DeadlineReached)
            Seen.Add((kind, "deadline"));
        if (woken.Closed)
            Seen.Add((kind, "closed"));
        if (woken.Cancelled)
            Seen.Add((kind, "cancelled"));
        if (woken.Failure is not null)
            Seen.Add((kind, "failure"));
    }

    private void Expect(in Wait wait, bool isSo, string rule) =>
        trace.Expect(isSo, $"#{Coroutine.Current!.Id}: {wait} {rule}");
}
