using System.Diagnostics;

namespace Coroutines.Sync;

/// <summary>A number of permits: who has acquired one goes on, the others wait until one is released.</summary>
/// <remarks>
/// <para>First come first served, and nobody overtakes: a permit that is released goes to the one who has waited longest.
/// One that was granted to a coroutine that is cancelled before it is resumed goes to the next.</para>
/// <para>Release in a <c>finally</c>. A semaphore belongs to the scheduler whose coroutine first waited for it, and is used
/// on that scheduler's thread.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Semaphore : IAwaited, IGrant
{
    private readonly string? name;
    private readonly WaiterQueue waiters;
    private readonly Holders holders = new();
    private Owner owner;

    /// <summary>A semaphore all of whose permits are available.</summary>
    /// <param name="permits">How many there are: 1 or more.</param>
    /// <param name="name">A name for people.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="permits"/> is less than 1.</exception>
    public Semaphore(int permits, string? name = null)
    {
        if (permits < 1)
            throw new ArgumentOutOfRangeException(
                nameof(permits),
                permits,
                $"A semaphore must have 1 permit or more, but was given {permits}."
            );
        (Permits, Available, this.name) = (permits, permits, name);
        waiters = new WaiterQueue(this);
    }

    /// <summary>How many permits there are.</summary>
    public int Permits { get; }

    /// <summary>How many of them can be acquired without waiting.</summary>
    public int Available { get; private set; }

    /// <summary>How many coroutines wait for one.</summary>
    public int WaiterCount => waiters.Count;

    WaitKind IAwaited.Kind => WaitKind.Acquire;

    /// <summary>Waits for a permit, and takes it.</summary>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and no permit was taken. By
    /// default never.</param>
    public Wait Acquire(Deadline deadline = default) => Wait.On(this, deadline);

    /// <summary>Takes a permit if one is available. Never waits.</summary>
    /// <returns>False if none is.</returns>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public bool TryAcquire()
    {
        owner.Verify(nameof(TryAcquire), this);
        if (Available == 0)
            return false;
        Grant(Coroutine.Current);
        return true;
    }

    /// <summary>Gives back a permit; it goes to the one who has waited longest.</summary>
    /// <exception cref="InvalidOperationException">All permits are available: more were released than acquired. Or it is
    /// called on another thread during a turn.</exception>
    public void Release()
    {
        owner.Verify(nameof(Release), this);
        if (Available == Permits)
            throw new InvalidOperationException($"{this} was released more often than it was acquired.");
        Return(Coroutine.Current);
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Described.As("semaphore", name)} ({Available} of {Permits} available{holders})";

    IPlace? IAwaited.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        owner.Admit(waiter, this);
        outcome = new Outcome(WakeupReason.Granted, this);
        if (Available == 0)
            return waiters.Add(waiter);
        Grant(waiter.Coroutine);
        return null;
    }

    void IGrant.GiveBack(Coroutine coroutine) => Return(coroutine);

    void IGrant.Spend() { }

    private void Grant(Coroutine? holder)
    {
        Available--;
        holders.Add(holder);
    }

    private void Return(Coroutine? holder)
    {
        Available++;
        holders.Remove(holder);
        if (!waiters.TryTake(out var next))
            return;
        Grant(next.Coroutine);
        next.Wake(new Outcome(WakeupReason.Granted, this));
    }
}
