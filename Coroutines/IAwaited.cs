namespace Coroutines;

/// <summary>Something beyond sockets and time that a coroutine can wait for.</summary>
/// <remarks>Whoever implements it keeps its waiters in <see cref="IPlace"/>s and wakes them, first come first served.
/// </remarks>
internal interface IAwaited
{
    /// <summary>What waiting for it is called.</summary>
    WaitKind Kind { get; }

    /// <summary>Has a waiter stand where it will be woken, unless it needn't wait. What throws here has changed nothing,
    /// and fails the wait.</summary>
    /// <returns>Where it stands; null if what it waits for has come already, as <paramref name="outcome"/> tells.</returns>
    IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome);
}
