using System.Diagnostics;

namespace Coroutines.Diagnostics;

/// <summary>One frame of a coroutine: an iterator, where it stands, and what its variables hold.</summary>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class CoroutineFrame
{
    internal CoroutineFrame(string method, FramePosition position)
    {
        Method = method;
        Position = position;
    }

    /// <summary>The method as its source names it, such as <c>HttpConnection.Serve</c>; a local function stands behind the
    /// method that it is in.</summary>
    public string Method { get; }

    /// <summary>Where it is between its beginning and its end.</summary>
    public FramePosition Position { get; }

    /// <summary>The <c>yield return</c> at which it stands. While it runs, the one from which it was resumed, if a
    /// <see cref="Watchdog"/> has noted that. Null if there is none or it isn't known: see <see cref="Missing"/>.</summary>
    public SourceLine? Source { get; internal init; }

    /// <summary>Its parameters, then its locals, as far as they are in scope there. Of a frame that runs, the parameters
    /// alone.</summary>
    public IReadOnlyList<Variable> Variables { get; internal init; } = [];

    /// <summary>Why there is no line, or which variables may be missing; null if nothing is.</summary>
    public string? Missing { get; internal init; }

    /// <inheritdoc/>
    public override string ToString() =>
        Position switch
        {
            FramePosition.NotStarted => $"{Method}, not started",
            FramePosition.Running when Source is { } line => $"{Method}, running, resumed from {line}",
            FramePosition.Running => $"{Method}, running",
            FramePosition.Ended => $"{Method}, ended",
            _ when Source is { } line => $"{Method} at {line}",
            _ => Method,
        };
}
