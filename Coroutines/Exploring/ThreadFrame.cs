namespace Coroutines.Exploring;

/// <summary>An iterator on the stack of a simulated thread.</summary>
/// <param name="Name">Who moves while it is on top.</param>
/// <param name="Body">Its code.</param>
/// <param name="IsInterrupt">Whether the frame below stands before a step, rather than at a call.</param>
/// <param name="Ended">What is to be done at its end.</param>
internal readonly record struct ThreadFrame(string Name, IEnumerator<Step> Body, bool IsInterrupt, Action? Ended);
