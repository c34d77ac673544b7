namespace Coroutines;

/// <summary>How a wait ended.</summary>
/// <param name="Reason">Why its coroutine is resumed.</param>
/// <param name="Subject">What goes with the reason: a result, a failure or the coroutine that failed, a grant; or
/// null.</param>
internal readonly record struct Outcome(WakeupReason Reason, object? Subject = null)
{
    /// <summary>The failure of whom or what was waited for.</summary>
    public Exception? Failure => FailureIn(Subject);

    /// <summary>The failure that a subject stands for: a joined coroutine's, one that is told, or itself.</summary>
    public static Exception? FailureIn(object? subject) =>
        subject switch
        {
            Coroutine joined => joined.Failure,
            IFailure told => told.Thrown,
            _ => (Exception?)subject,
        };
}
