namespace Coroutines.Sync;

/// <summary>What work has failed with, until one of those who were told of it has seen it.</summary>
/// <remarks>Who was told is resumed only later, and may be unwound before: if they all are, nobody would ever know.</remarks>
internal sealed class WorkFailure(Exception thrown, Action report) : IGrant, IFailure
{
    private int witnesses = 1; // who tells them is one, until all are told
    private bool isKnown;

    public Exception Thrown => thrown;

    /// <summary>One more is told of it.</summary>
    public Outcome Tell(WakeupReason manner)
    {
        witnesses++;
        return new Outcome(WakeupReason.Failed | WakeupReason.Granted | manner, this);
    }

    /// <summary>All were told who waited.</summary>
    public void HaveToldAll() => LoseWitness();

    public void GiveBack(Coroutine coroutine) => LoseWitness();

    public void Spend() => isKnown = true;

    private void LoseWitness()
    {
        if (--witnesses > 0 || isKnown)
            return;
        isKnown = true;
        report();
    }
}
