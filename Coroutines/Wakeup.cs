using System.Diagnostics;

namespace Coroutines;

/// <summary>Why a coroutine was resumed. Read it before the next yield.</summary>
[DebuggerNonUserCode]
public readonly ref struct Wakeup
{
    private readonly Coroutine coroutine;

    internal Wakeup(Coroutine coroutine) => this.coroutine = coroutine;

    /// <summary>The socket can be read, is at its end of file, or has failed: a receive will not block.</summary>
    public bool Readable => Has(WakeupReason.Readable);

    /// <summary>The socket can be written, or has failed: a send will not block.</summary>
    public bool Writable => Has(WakeupReason.Writable);

    /// <summary>The deadline of the wait or of the call was reached before what was waited for came.</summary>
    public bool DeadlineReached => Has(WakeupReason.DeadlineReached);

    /// <summary>The call's scope was cancelled, or the joined coroutine was.</summary>
    public bool Cancelled => Has(WakeupReason.Cancelled);

    /// <summary>The socket or the channel was closed while this coroutine waited on it, or before.</summary>
    public bool Closed => Has(WakeupReason.Closed);

    /// <summary>What the child of a <see cref="Wait.TryCall"/> or the coroutine of a <see cref="Wait.TryJoin"/> failed
    /// with; null if it didn't fail.</summary>
    public Exception? Failure => Has(WakeupReason.Failed) ? coroutine.Told : null;

    /// <summary>Which of the waits of a <see cref="Wait.Any(ReadOnlySpan{Wait})"/> ended first, counted from 0; -1 if the
    /// deadline of them all was reached before.</summary>
    /// <exception cref="InvalidOperationException">It didn't wait for any of several.</exception>
    public int Index =>
        coroutine.WaitingFor == WaitKind.Any
            ? coroutine.WokenIndex
            : throw new InvalidOperationException(
                $"{coroutine} asked which of several waits ended, but waited for one: {coroutine.WaitingFor}."
            );

    /// <summary>What the child or the joined coroutine returned (<see cref="Wait.Return"/>), or what was received;
    /// null if that is null and <typeparamref name="T"/> may be.</summary>
    /// <exception cref="InvalidOperationException">It returned nothing, or a value of another type.</exception>
    public T Result<T>() =>
        Has(WakeupReason.Returned) && TryRead<T>(out var result)
            ? result
            : throw new InvalidOperationException(
                $"{coroutine} asked for a result of type {typeof(T).Name}, but "
                    + (
                        Has(WakeupReason.Returned)
                            ? $"the child returned {Subject?.GetType().Name ?? "null"}."
                            : "the child returned none: it ends with 'yield return Return(value)'."
                    )
            );

    private object? Subject => coroutine.Subject is IResult result ? result.Boxed : coroutine.Subject;

    private bool TryRead<T>(out T result)
    {
        if (coroutine.Subject is IResult<T> typed)
        {
            result = typed.Value;
            return true;
        }
        var isRight = Subject is T || (Subject is null && default(T) is null);
        result = isRight ? (T)Subject! : default!;
        return isRight;
    }

    private bool Has(WakeupReason reason) => (coroutine.WokenBy & reason) != 0;
}
