namespace Coroutines;

/// <summary>Who waits for an end, in the order of coming.</summary>
internal sealed class Joiners
{
    private readonly List<Joiner?> joiners = [];
    private bool isWaking;

    /// <summary>How many wait.</summary>
    public int Count => joiners.Count;

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

    /// <summary>Wakes them all, but for those that leave while others are woken.</summary>
    /// <param name="endFor">What happened, to one who asked to see a failure, and to others.</param>
    public void Wake(Func<bool, Outcome> endFor)
    {
        isWaking = true;
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
