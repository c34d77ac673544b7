namespace Coroutines;

/// <summary>One of several waits of which the first to end counts.</summary>
internal sealed class Branch : IWaiter, ITimed
{
    private readonly AnyOf any;
    private IPlace? place;
    private int timer;

    public Branch(AnyOf any, int index, in Wait wait)
    {
        if (wait.Code is WaitKind.Pause or WaitKind.Call or WaitKind.TryCall or WaitKind.Return or WaitKind.Any)
            throw new ArgumentException($"Any can't wait for '{wait}'; spawn what is to be called, and join it.");
        (this.any, Index, Wait) = (any, index, wait);
    }

    public int Index { get; }

    public Wait Wait { get; }

    public Coroutine? Coroutine => any.Coroutine;

    private IRunner Runner => Coroutine!.Home.Runner;

    public void Wake(in Outcome outcome)
    {
        place = null;
        any.End(this, outcome);
    }

    /// <summary>Begins to wait.</summary>
    /// <returns>Whether that has ended already, as <paramref name="outcome"/> tells.</returns>
    public bool HasEnded(out Outcome outcome)
    {
        place = Runner.Enlist(this, Wait, out outcome);
        if (place is null || !Wait.Until.IsSet)
            return place is null;
        var until = Wait.Until.StartingAt(Runner.Now);
        if (until.Ticks > Runner.Now.Ticks)
        {
            timer = Runner.Arm(until, this);
            return false;
        }
        outcome = Expired; // those that wait for any then leave all their places
        return true;
    }

    /// <summary>Whether the poll that is being told has found its socket ready.</summary>
    public bool IsReported(out WakeupReason readiness)
    {
        readiness = (place as SocketSlot)?.ReportedTo(this) ?? WakeupReason.None;
        return readiness != WakeupReason.None;
    }

    /// <summary>Ceases to wait, if it does.</summary>
    public void Leave()
    {
        Runner.Disarm(timer);
        timer = 0;
        place?.Leave(this);
        place = null;
    }

    void ITimed.Expire()
    {
        timer = 0;
        any.End(this, Expired);
    }

    public override string ToString() => Wait.ToString();

    private Outcome Expired => new(Wait.Code == WaitKind.Sleep ? WakeupReason.None : WakeupReason.DeadlineReached);
}
