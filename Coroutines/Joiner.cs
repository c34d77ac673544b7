namespace Coroutines;

/// <summary>Who waits for the end of a coroutine.</summary>
/// <param name="Waiter">Who waits.</param>
/// <param name="IsTried">Whether it asked to see a failure (<see cref="Wait.TryJoin"/>).</param>
internal readonly record struct Joiner(IWaiter Waiter, bool IsTried);
