namespace Coroutines;

/// <summary>Who waits for an end, in the order of coming.</summary>
internal sealed class Joiners
{
    private readonly List<Joiner?> joiners = [];
    private bool isWaking;
    private int witnesses;

    public void Add(IWaiter waiter, bool isTried) => joiners.Add(new Joiner(waiter, isTried));

    public void Remove(IWaiter waiter)
    {
        var index = joiners.FindIndex(joiner => joiner?.Waiter == waiter);
        if (index < 0)
            return;
        if (isWaking)
            joiners[index] = null;
        else
            joiners.RemoveAt(index);
    }

    /// <summary>One more is told of the failure, and will see it unless it is unwound before.</summary>
    /// <returns>False if it has been reported: then it isn't again, whether that one sees it or not.</returns>
    public bool TryAddWitness() => witnesses > 0 && witnesses++ > 0;

    /// <summary>One that was told of the failure won't see it.</summary>
    /// <returns>Whether nobody will, so that it is to be reported.</returns>
    public bool LoseWitness() => --witnesses == 0;

    /// <summary>Wakes them all, but for those that leave while others are woken.</summary>
    /// <param name="endFor">What happened, to one who asked to see a failure, and to others.</param>
    public void Wake(Func<bool, Outcome> endFor)
    {
        isWaking = true;
        witnesses = 1; // who wakes them is one itself, so that the failure isn't reported before all are told
        for (var i = 0; i < joiners.Count; i++)
        {
            if (joiners[i] is not { } joiner)
                continue;
            joiners[i] = null;
            joiner.Waiter.Wake(endFor(joiner.IsTried));
        }
        joiners.Clear();
        isWaking = false;
    }
}
