namespace Coroutines;

/// <summary>One call on a coroutine's stack.</summary>
/// <param name="Body">The iterator.</param>
/// <param name="IsTried">Whether the caller asked to see a failure (<see cref="Wait.TryCall"/>).</param>
internal readonly record struct Frame(IEnumerator<Wait> Body, bool IsTried);
