using System.Diagnostics;
using System.Net.Sockets;
using System.Runtime.CompilerServices;

namespace Coroutines;

/// <summary>What a coroutine yields: the thing that it waits for. Made by the methods below; 16 bytes, no allocation.</summary>
/// <remarks>
/// <para>With <c>using static Coroutines.Wait;</c> a coroutine reads <c>yield return WantRead(client);</c>. After the
/// yield, <see cref="Woken"/> tells why it was resumed: which direction is ready, whether a deadline was reached, with
/// which result or failure a child ended.</para>
/// <para>Readiness is level-triggered: a wait on a socket that is still ready ends at the next poll. On a plain
/// <see cref="Socket"/> the scheduler sets <see cref="Socket.Blocking"/> to <see langword="false"/> at the first wait, so
/// nothing that a coroutine does with it can block the loop. A spurious wakeup (ready, and then nothing there; TCP on Linux
/// doesn't do it) makes the plain <see cref="Socket.Receive(Span{byte})"/> throw, which ends that coroutine alone.
/// The library's own connections return <c>WouldBlock</c> instead: wait again.</para>
/// <para>The wait may be made earlier than it is yielded: a timeout counts from the start of the turn in which it is
/// yielded (<see cref="Scheduler.Now"/>).</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
[DebuggerNonUserCode]
public readonly struct Wait
{
    private const int KindBits = 64 - Deadline.PackedBits;

    // There are more kinds than these bits can tell: most are told by what is waited for.
    private const WaitKind ToldBySubject = (WaitKind)((1 << KindBits) - 1);

    internal readonly object? Subject;

    // The kind in the lowest bits, the deadline above. Two words come back from an iterator in registers; three came by
    // memory, read in one piece just after they were written in pieces: that stall was a third of a resume.
    private readonly ulong packed;

    private Wait(WaitKind kind, object? subject, Deadline until)
    {
        Subject = subject;
        packed = (until.Packed << KindBits) | (ulong)kind;
    }

    /// <summary>What is waited for.</summary>
    public WaitKind Kind => Code == ToldBySubject ? ((IAwaited)Subject!).Kind : Code;

    /// <summary>Why the running coroutine was resumed. Valid until its next yield.</summary>
    /// <exception cref="InvalidOperationException">No coroutine is running on this thread.</exception>
    public static Wakeup Woken => new(Coroutine.Running);

    /// <summary>Waits until one can read from (or accept on) <paramref name="socket"/> without blocking; also at its end
    /// of file, at a reset, and when it is closed.</summary>
    /// <param name="socket">A connected or listening socket. One coroutine at a time may wait to read it.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public static Wait WantRead(Socket socket, Deadline deadline = default) => On(WaitKind.Read, socket, deadline);

    /// <inheritdoc cref="WantRead(Socket, Deadline)"/>
    public static Wait WantRead(IWaitable socket, Deadline deadline = default) => On(WaitKind.Read, socket, deadline);

    /// <summary>Waits until one can write to <paramref name="socket"/> without blocking, or until its connect has ended;
    /// also at a reset, and when it is closed.</summary>
    /// <param name="socket">A connected or connecting socket. One coroutine at a time may wait to write it.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public static Wait WantWrite(Socket socket, Deadline deadline = default) => On(WaitKind.Write, socket, deadline);

    /// <inheritdoc cref="WantWrite(Socket, Deadline)"/>
    public static Wait WantWrite(IWaitable socket, Deadline deadline = default) => On(WaitKind.Write, socket, deadline);

    /// <summary>Waits for either direction; <see cref="Wakeup.Readable"/> and <see cref="Wakeup.Writable"/> tell which.</summary>
    /// <param name="socket">A connected socket, which no other coroutine waits to read or to write.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public static Wait WantReadOrWrite(Socket socket, Deadline deadline = default) =>
        On(WaitKind.ReadOrWrite, socket, deadline);

    /// <inheritdoc cref="WantReadOrWrite(Socket, Deadline)"/>
    public static Wait WantReadOrWrite(IWaitable socket, Deadline deadline = default) =>
        On(WaitKind.ReadOrWrite, socket, deadline);

    /// <summary>Waits for a time, counted from the start of the turn and rounded up to the millisecond.</summary>
    /// <param name="timeout">0 (then it is a <see cref="Pause"/>) to 365 days, or for ever
    /// (<see cref="Timeout.InfiniteTimeSpan"/>).</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public static Wait Sleep(TimeSpan timeout) => new(WaitKind.Sleep, null, timeout);

    /// <summary>Waits until a point in time; a timeout counts from the yield.</summary>
    /// <param name="deadline">Until when. With none it waits for ever; one that has passed lets the others go first.</param>
    public static Wait SleepUntil(Deadline deadline) => new(WaitKind.Sleep, null, deadline);

    /// <summary>Lets every coroutine that is ready run, and the poller be asked, before this one goes on.</summary>
    public static Wait Pause() => default;

    /// <summary>Runs a child to its end; then <see cref="Wakeup.Result{T}"/> is what it returned. If the child fails,
    /// the caller fails with it, unwound by <c>Dispose</c>.</summary>
    /// <param name="child">An iterator that hasn't been started. It starts at once, within the same resume.</param>
    /// <param name="deadline">When to cancel the child, however it is then waiting and however deep;
    /// <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    /// <exception cref="ArgumentNullException"><paramref name="child"/> is null.</exception>
    public static Wait Call(IEnumerator<Wait> child, Deadline deadline = default) => On(WaitKind.Call, child, deadline);

    /// <summary>Runs a child to its end and lets the caller see how it ended: <see cref="Wakeup.Failure"/>.</summary>
    /// <inheritdoc cref="Call"/>
    public static Wait TryCall(IEnumerator<Wait> child, Deadline deadline = default) =>
        On(WaitKind.TryCall, child, deadline);

    /// <summary>Ends this frame, as <c>yield break</c> does, with a result for the caller or the joiner.</summary>
    /// <param name="result">Read by <see cref="Wakeup.Result{T}"/> or <see cref="Coroutine.Result"/>. A value type is
    /// boxed.</param>
    public static Wait Return(object? result) => new(WaitKind.Return, result, default);

    /// <summary>Waits for the end of another coroutine; then <see cref="Wakeup.Result{T}"/> is what it returned. If it
    /// failed, the joiner fails with it, unwound by <c>Dispose</c>.</summary>
    /// <param name="coroutine">Another coroutine of the same scheduler.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public static Wait Join(Coroutine coroutine, Deadline deadline = default) => On(WaitKind.Join, coroutine, deadline);

    /// <summary>Waits for the end of another coroutine and lets the joiner see how it ended:
    /// <see cref="Wakeup.Failure"/>.</summary>
    /// <inheritdoc cref="Join"/>
    public static Wait TryJoin(Coroutine coroutine, Deadline deadline = default) =>
        On(WaitKind.TryJoin, coroutine, deadline);

    /// <summary>Waits until the first of several waits ends; then <see cref="Wakeup.Index"/> tells which one did, and the
    /// rest of <see cref="Woken"/> how. The others are withdrawn, and lose nothing: no item, no permit is taken for them.
    /// </summary>
    /// <remarks>If several could end at once, the first in order does. Each may have a deadline of its own, whose end is
    /// then the one that counts. It may be yielded again, by one coroutine at a time.</remarks>
    /// <param name="waits">1 to 32,767, of any kind but a pause, a call, a return, and a wait for any.</param>
    /// <exception cref="ArgumentException">There are none or too many, or there is one of another kind.</exception>
    public static Wait Any(params ReadOnlySpan<Wait> waits) => Any(Deadline.None, waits);

    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and the index is -1.</param>
    /// <param name="waits">1 to 32,767, of any kind but a pause, a call, a return, and a wait for any.</param>
    /// <inheritdoc cref="Any(ReadOnlySpan{Wait})"/>
    public static Wait Any(Deadline deadline, params ReadOnlySpan<Wait> waits) =>
        On(WaitKind.Any, new AnyOf(waits), deadline);

    /// <summary>What is waited for and by when, such as <c>Read fd 9 for at most 600 s</c> or <c>Sleep until 20521.058 s</c>:
    /// a point in time is the one that the clock shows.</summary>
    public override string ToString() => $"{What}{Until.TextOf(Kind)}";

    /// <summary>The same, with the time that is left in place of a point in time.</summary>
    /// <param name="now">The time, such as <see cref="Scheduler.Now"/>.</param>
    public string ToString(Deadline now) => $"{What}{Until.LeftAt(now).TextOf(Kind)}";

    private string What =>
        Subject is null ? Kind.ToString()
        : Kind == WaitKind.Any ? $"{Subject}"
        : $"{Kind} {Coroutine.NameOf(Subject)}";

    /// <summary>The kind as far as the wait itself can tell it; what runs most often needs no more.</summary>
    internal WaitKind Code => (WaitKind)(packed & ((1 << KindBits) - 1));

    internal Deadline Until => Deadline.Unpack(packed >> KindBits);

    internal static Wait On(IAwaited subject, Deadline deadline) => new(ToldBySubject, subject, deadline);

    internal static Wait On(
        WaitKind kind,
        object subject,
        Deadline deadline,
        [CallerArgumentExpression(nameof(subject))] string? name = null
    )
    {
        ArgumentNullException.ThrowIfNull(subject, name);
        return new(kind, subject, deadline);
    }
}
