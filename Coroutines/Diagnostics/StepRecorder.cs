namespace Coroutines.Diagnostics;

/// <summary>Notes which coroutine is resumed, from where and when: while it runs, its state doesn't tell any more.</summary>
/// <remarks>
/// The scheduler's thread alone writes, any thread may read. A step is published by its number, which is 0 while nothing
/// runs and while another step is being written; who finds the same number before and after has read one step.
/// </remarks>
/// <param name="clock">Where the time of a step is read.</param>
/// <param name="begun">Called as a step begins if <see cref="TellsBegin"/> is set.</param>
/// <param name="ended">Called as a step ends whose number is <see cref="AwaitedEnd"/>.</param>
internal sealed class StepRecorder(TimeProvider clock, Action begun, Action<Step> ended) : SchedulerObserver
{
    private Coroutine? coroutine;
    private IEnumerator<Wait>? frame;
    private IteratorCode? code;
    private int state;
    private long began;
    private long count;
    private long number;
    private long awaitedEnd;
    private bool tellsBegin = true;

    public bool TellsBegin
    {
        get => Volatile.Read(ref tellsBegin);
        set => Volatile.Write(ref tellsBegin, value);
    }

    public long AwaitedEnd
    {
        get => Volatile.Read(ref awaitedEnd);
        set => Volatile.Write(ref awaitedEnd, value);
    }

    /// <summary>The step that is under way, if one is. May be asked on any thread.</summary>
    public Step? Current
    {
        get
        {
            var before = Volatile.Read(ref number);
            if (before == 0)
                return null;
            var step = Noted(before);
            return Volatile.Read(ref number) == before ? step : null;
        }
    }

    public override void Resuming(Coroutine coroutine)
    {
        if (coroutine.FrameAt(0) is not { } frame)
            return;
        var code = IteratorCode.Of(frame);
        Volatile.Write(ref number, 0);
        Volatile.Write(ref this.coroutine, coroutine);
        Volatile.Write(ref this.frame, frame);
        Volatile.Write(ref this.code, code);
        Volatile.Write(ref state, code.StateOf(frame));
        Volatile.Write(ref began, clock.GetTimestamp());
        Volatile.Write(ref number, ++count);
        if (TellsBegin)
            begun();
    }

    public override void Suspended(Coroutine coroutine, Wait wait) => End(coroutine);

    public override void Ended(Coroutine coroutine) => End(coroutine);

    private Step Noted(long number) =>
        new(
            number,
            Volatile.Read(ref coroutine)!,
            Volatile.Read(ref frame)!,
            Volatile.Read(ref code)!,
            Volatile.Read(ref state),
            Volatile.Read(ref began)
        );

    // A coroutine may end others while it runs: that isn't the end of its own step.
    private void End(Coroutine one)
    {
        if (one != coroutine || number == 0)
            return;
        var last = number;
        Volatile.Write(ref number, 0);
        if (AwaitedEnd == last)
            ended(Noted(last));
    }
}
