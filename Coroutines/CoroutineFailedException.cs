namespace Coroutines;

/// <summary>A coroutine has failed, and nobody asked for its failure: no caller, no joiner and no handler of
/// <see cref="Scheduler.Failed"/>. Thrown at the end of the turn, after which the scheduler can go on.</summary>
public sealed class CoroutineFailedException : Exception
{
    internal CoroutineFailedException(string message, Exception failure)
        : base(message, failure) { }
}
