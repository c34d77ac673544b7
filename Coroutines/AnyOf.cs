namespace Coroutines;

/// <summary>Several waits of one waiter, of which the first to end counts; the others are withdrawn at that moment.</summary>
internal sealed class AnyOf : IAwaited, IPlace
{
    // What came with these would be lost, if it were exchanged for something else.
    private const WakeupReason ExistsOnce = WakeupReason.Granted | WakeupReason.Unseen;

    private const int MaxWaits = short.MaxValue; // a coroutine keeps the index in two bytes

    private readonly Branch[] branches;
    private IWaiter? waiter;

    public AnyOf(ReadOnlySpan<Wait> waits)
    {
        if (waits.IsEmpty)
            throw new ArgumentException("Any waits for one wait or more, but was given none.", nameof(waits));
        if (waits.Length > MaxWaits)
            throw new ArgumentException(
                $"Any waits for at most {MaxWaits} waits, but was given {waits.Length}.",
                nameof(waits)
            );
        branches = new Branch[waits.Length];
        for (var i = 0; i < waits.Length; i++)
            branches[i] = new Branch(this, i, waits[i]);
    }

    public WaitKind Kind => WaitKind.Any;

    public Wait[] Waits => [.. branches.Select(branch => branch.Wait)];

    public Coroutine? Coroutine => waiter?.Coroutine;

    public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (this.waiter is not null)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} and {Coroutine} both wait for the same {this}: make one for each."
            );
        this.waiter = waiter;
        Coroutine!.WokenIndex = -1;
        return HasOneEnded(out outcome) ? null : this;
    }

    public void Leave(IWaiter waiter)
    {
        foreach (var branch in branches)
            branch.Leave();
        this.waiter = null;
    }

    /// <summary>One of the waits has ended; of those that end with the same poll, the first in order counts.</summary>
    public void End(Branch ended, Outcome outcome)
    {
        if ((outcome.Reason & ExistsOnce) == 0)
            PreferReported(ref ended, ref outcome);
        var woken = waiter!;
        Coroutine!.WokenIndex = (short)ended.Index;
        Leave(woken);
        woken.Wake(outcome);
    }

    private void PreferReported(ref Branch ended, ref Outcome outcome)
    {
        foreach (var earlier in branches.AsSpan(0, ended.Index))
        {
            if (!earlier.IsReported(out var readiness))
                continue;
            (ended, outcome) = (earlier, new Outcome(readiness));
            break;
        }
    }

    public override string ToString() => $"any of {branches.Length}: {string.Join<Branch>(", ", branches)}";

    private bool HasOneEnded(out Outcome outcome)
    {
        try
        {
            foreach (var branch in branches)
            {
                if (!branch.HasEnded(out outcome))
                    continue;
                Coroutine!.WokenIndex = (short)branch.Index;
                Leave(waiter!);
                return true;
            }
        }
        catch
        {
            Leave(waiter!);
            throw;
        }
        outcome = default;
        return false;
    }
}
