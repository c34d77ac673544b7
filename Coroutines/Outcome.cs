namespace Coroutines;

/// <summary>How a wait ended.</summary>
/// <param name="Reason">Why its coroutine is resumed.</param>
/// <param name="Subject">What goes with the reason: a result, a failure, a grant; or null.</param>
internal readonly record struct Outcome(WakeupReason Reason, object? Subject = null);
