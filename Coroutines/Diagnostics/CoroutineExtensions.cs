namespace Coroutines.Diagnostics;

/// <summary>Where a coroutine stands.</summary>
public static class CoroutineExtensions
{
    /// <summary>The frames of a coroutine, the innermost first: their lines, and what their variables hold. None of one that
    /// has ended.</summary>
    /// <remarks>The first time, the assembly of each iterator is read, which takes some 30 ms; then a frame takes about a
    /// microsecond. Called on the scheduler's thread, or while that stands still.</remarks>
    public static IReadOnlyList<CoroutineFrame> Frames(this Coroutine coroutine)
    {
        ArgumentNullException.ThrowIfNull(coroutine);
        var frames = new List<CoroutineFrame>(coroutine.Depth);
        for (var index = 0; coroutine.FrameAt(index) is { } frame; index++)
            frames.Add(Read(coroutine, frame, index));
        return frames;
    }

    // Only the innermost frame runs; its callers stand at their calls.
    private static CoroutineFrame Read(Coroutine coroutine, IEnumerator<Wait> frame, int index)
    {
        var code = IteratorCode.Of(frame);
        return index == 0 && coroutine.State == CoroutineState.Running
            ? code.ReadRunning(frame, ResumedAt(coroutine, frame))
            : code.Read(frame);
    }

    // One that was called since the resume has itself not been resumed.
    private static int ResumedAt(Coroutine coroutine, IEnumerator<Wait> frame) =>
        (coroutine.Home.Runner as Scheduler)?.Find<StepRecorder>()?.Current is { } step && step.Frame == frame
            ? step.State
            : IteratorCode.UnknownState;
}
