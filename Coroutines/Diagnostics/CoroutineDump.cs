namespace Coroutines.Diagnostics;

/// <summary>A coroutine as it was when it was dumped.</summary>
public sealed class CoroutineDump
{
    internal CoroutineDump(Coroutine coroutine, IReadOnlyList<CoroutineFrame> frames, Deadline now)
    {
        Id = coroutine.Id;
        Name = coroutine.Name;
        State = coroutine.State;
        ParentId = coroutine.Home.Opener?.Id;
        Frames = frames;
        if (State != CoroutineState.Suspended)
            return;
        WaitsFor = coroutine.WaitingFor;
        // What is waited for may stand on a type of a user's, whose text may fail.
        WaitsOn = Legible.TextOf(coroutine.Subject) is { Length: > 0 } text ? text : null;
        Descriptor = coroutine.WaitingOn?.Number;
        Suspended = TimeSpan.FromMilliseconds(10L * (uint)(now.Hundredths - coroutine.SuspendedAt));
    }

    /// <summary>Its number.</summary>
    public int Id { get; }

    /// <summary>Its name.</summary>
    public string Name { get; }

    /// <summary>Where it was in its life.</summary>
    public CoroutineState State { get; }

    /// <summary>The coroutine that opened the scope it is in; null if it belongs to the scheduler itself.</summary>
    public int? ParentId { get; }

    /// <summary>What it waits for, if it is suspended.</summary>
    public WaitKind? WaitsFor { get; }

    /// <summary>On what it waits: a descriptor, a coroutine, a scope, a channel. Null if it sleeps.</summary>
    public string? WaitsOn { get; }

    /// <summary>The number of the descriptor on which it waits.</summary>
    public int? Descriptor { get; }

    /// <summary>How long it has been suspended: from the start of the turn in which it yielded to now,
    /// by the hundredth of a second.</summary>
    public TimeSpan? Suspended { get; }

    /// <summary>Its frames, the innermost first; none in a dump of states.</summary>
    public IReadOnlyList<CoroutineFrame> Frames { get; }

    /// <inheritdoc/>
    public override string ToString() => DumpText.Headline(this);
}
