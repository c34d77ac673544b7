using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>What a breakpoint looks at: a coroutine that has just been suspended, or has ended.</summary>
/// <param name="coroutine">The coroutine.</param>
/// <param name="targets">The requests that the coroutines answer.</param>
/// <param name="transport">The connection on which it waits, if it does.</param>
internal sealed class Moment(Coroutine coroutine, Targets targets, WatchedTransport? transport)
{
    private IReadOnlyList<CoroutineFrame>? frames;

    public int CoroutineId => coroutine.Id;

    public int? Descriptor => coroutine.WaitingOn?.Number;

    public string? Target => targets.Of(coroutine);

    public bool HasSentPartially { get; } = transport?.Traffic.TakePartialSend() == true;

    public bool HasFailed => coroutine.State == CoroutineState.Failed;

    /// <summary>Its frames; read only if somebody asks.</summary>
    public IReadOnlyList<CoroutineFrame> Frames => frames ??= coroutine.Frames();

    public CoroutineFrame? Innermost => Frames.Count > 0 ? Frames[0] : null;
}
