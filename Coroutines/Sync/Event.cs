using System.Diagnostics;

namespace Coroutines.Sync;

/// <summary>Something that has happened, or hasn't yet: coroutines wait until it has.</summary>
/// <remarks>
/// Setting it wakes everybody who waits, in the order of their coming; who comes while it is set doesn't wait at all. Who
/// was woken goes on even if the event is reset before. It belongs to the scheduler whose coroutine first waited for it,
/// and is used on that scheduler's thread; another thread has it set by <see cref="Scheduler.Post"/>.
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Event : IAwaited
{
    private readonly string? name;
    private readonly WaiterQueue waiters;
    private Owner owner;
    private Coroutine? setter;

    /// <summary>An event that isn't set.</summary>
    /// <param name="name">A name for people.</param>
    public Event(string? name = null)
    {
        this.name = name;
        waiters = new WaiterQueue(this);
    }

    /// <summary>Whether it is set.</summary>
    public bool IsSet { get; private set; }

    /// <summary>How many coroutines wait for it.</summary>
    public int WaiterCount => waiters.Count;

    WaitKind IAwaited.Kind => WaitKind.Event;

    /// <summary>Waits until it is set.</summary>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public Wait WaitUntilSet(Deadline deadline = default) => Wait.On(this, deadline);

    /// <summary>It has happened: everybody goes on. Setting it again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Set()
    {
        owner.Verify(nameof(Set), this);
        IsSet = true;
        setter = Coroutine.Current;
        while (waiters.TryTake(out var waiter))
            waiter.Wake(default);
    }

    /// <summary>It hasn't happened yet: who comes from now on waits. Resetting it again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Reset()
    {
        owner.Verify(nameof(Reset), this);
        IsSet = false;
    }

    /// <inheritdoc/>
    public override string ToString() =>
        Described.As("event", name)
        + (
            IsSet ? " (set)"
            : setter is null ? " (not set)"
            : $" (not set; it was, last by '{setter.Name}')"
        );

    IPlace? IAwaited.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        owner.Admit(waiter, this);
        outcome = default;
        return IsSet ? null : waiters.Add(waiter);
    }
}
