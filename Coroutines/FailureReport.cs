using System.Diagnostics;

namespace Coroutines;

/// <summary>Failures that no handler took. They are thrown at the end of the turn, so that none is swallowed.</summary>
[DebuggerNonUserCode]
internal sealed class FailureReport
{
    private readonly List<Exception> failures = [];

    public bool IsEmpty => failures.Count == 0;

    /// <summary>Hands a failure to its handlers; without any, or if one throws, it is kept.</summary>
    public void Report<T>(Action<T, Exception>? handlers, T origin, Exception failure)
    {
        if (handlers is null)
        {
            failures.Add(Unseen(origin, failure));
            return;
        }
        try
        {
            handlers(origin, failure);
        }
        catch (Exception thrown)
        {
            failures.Add(thrown);
        }
    }

    public void Add(Exception failure) => failures.Add(failure);

    private static CoroutineFailedException Unseen(object? origin, Exception failure) =>
        new($"{Legible.TextOf(origin)} failed: {Legible.MessageOf(failure)}", failure);

    /// <exception cref="CoroutineFailedException">One coroutine's failure was kept.</exception>
    /// <exception cref="DeadlockException">That alone was kept.</exception>
    /// <exception cref="AggregateException">Several failures were kept, or one of another kind.</exception>
    public void ThrowIfAny()
    {
        if (failures.Count == 0)
            return;
        var kept = failures.ToArray();
        failures.Clear();
        throw kept is [(CoroutineFailedException or DeadlockException) and var only]
            ? only
            : new AggregateException(kept);
    }
}
