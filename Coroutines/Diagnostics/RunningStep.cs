namespace Coroutines.Diagnostics;

/// <summary>A coroutine that runs, and from where it was resumed.</summary>
public sealed class RunningStep
{
    internal RunningStep(Coroutine coroutine) => (CoroutineId, CoroutineName) = (coroutine.Id, coroutine.Name);

    internal RunningStep(Step step, TimeSpan elapsed)
        : this(step.Coroutine)
    {
        Method = step.Code.Method;
        Source = step.Code.LineOf(step.State);
        HasJustBegun = step.State == 0;
        Missing = Source is null && !HasJustBegun ? step.Code.Missing : null;
        Elapsed = elapsed;
    }

    /// <summary>The coroutine's number.</summary>
    public int CoroutineId { get; }

    /// <summary>The coroutine's name.</summary>
    public string CoroutineName { get; }

    /// <summary>The method that was resumed. It may have called children since. Null if no <see cref="Watchdog"/> has noted
    /// it.</summary>
    public string? Method { get; }

    /// <summary>The <c>yield return</c> from which it was resumed, if that was noted and is known.</summary>
    public SourceLine? Source { get; }

    /// <summary>Whether the method was begun, and not resumed from a yield.</summary>
    public bool HasJustBegun { get; }

    /// <summary>Why there is no line; null if there is, or none is to be expected.</summary>
    public string? Missing { get; }

    /// <summary>How long it has run, or did; null if that wasn't noted.</summary>
    public TimeSpan? Elapsed { get; }

    /// <summary>Where it came from, as in <c>resumed from HttpConnection.Serve at HttpConnection.cs:48</c>.</summary>
    public string Origin =>
        Method is null ? "from where it was resumed isn't known: no watchdog is on"
        : HasJustBegun ? $"begun at {Method}"
        : Source is { } line ? $"resumed from {Method} at {line}"
        : $"resumed from {Method} ({Missing})";

    /// <inheritdoc/>
    public override string ToString()
    {
        var since = Elapsed is { } time ? FormattableString.Invariant($", for {time.TotalSeconds:0.000} s") : "";
        return Legible.Escaped(FormattableString.Invariant($"#{CoroutineId} '{CoroutineName}', {Origin}{since}"));
    }
}
