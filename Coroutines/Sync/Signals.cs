using System.Diagnostics;
using System.Runtime.InteropServices;

namespace Coroutines.Sync;

/// <summary>POSIX signals as waits: from the moment at which this is made until it is disposed of, these signals do nothing
/// else to the process.</summary>
/// <remarks>
/// <para>What comes while nobody waits is kept, each signal once: as in the kernel, many of a kind are one (signal(7)). Who
/// waits first gets the first; what was given to a coroutine that was cancelled before it went on goes to the next.</para>
/// <para>The handler runs on a thread of the runtime's and does one thing: it posts. A scheduler that waits for a signal is
/// no deadlock. It belongs to one scheduler, on whose thread it is used.</para>
/// </remarks>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Signals : IAwaited, IDisposable
{
    private readonly Scheduler scheduler;
    private readonly IDisposable promise;
    private readonly PosixSignal[] signals;
    private readonly PosixSignalRegistration[] registrations;
    private readonly List<PosixSignal> pending = [];
    private readonly WaiterQueue waiters;
    private bool isDisposed;

    /// <summary>Has signals come to coroutines from now on.</summary>
    /// <param name="scheduler">Whose coroutines wait for them.</param>
    /// <param name="signals">Which ones; SIGKILL and SIGSTOP can't be had (signal(7)).</param>
    /// <exception cref="ArgumentException">None was named.</exception>
    /// <exception cref="IOException">The system refuses one.</exception>
    /// <exception cref="PlatformNotSupportedException">The system doesn't have one.</exception>
    public Signals(Scheduler scheduler, params ReadOnlySpan<PosixSignal> signals)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        if (signals.IsEmpty)
            throw new ArgumentException("Signals must name one signal or more, but named none.", nameof(signals));
        this.scheduler = scheduler;
        this.signals = [.. signals.ToArray().Distinct()];
        waiters = new WaiterQueue(this);
        registrations = Register(this.signals);
        promise = scheduler.ExpectPosts();
    }

    WaitKind IAwaited.Kind => WaitKind.Signal;

    /// <summary>Waits for the next signal: <see cref="Wakeup.Result{T}"/> is the <see cref="PosixSignal"/>.</summary>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public Wait WaitForNext(Deadline deadline = default) => Wait.On(this, deadline);

    /// <summary>Gives the signals back to the system. Who still waits goes on with <see cref="Wakeup.Closed"/>, and so does
    /// who waits from now on. Disposing again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Dispose()
    {
        ((IRunner)scheduler).VerifyThread(nameof(Dispose), this);
        isDisposed = true;
        foreach (var registration in registrations)
            registration.Dispose();
        promise.Dispose();
        while (waiters.TryTake(out var waiter))
            waiter.Wake(new Outcome(WakeupReason.Closed));
    }

    /// <inheritdoc/>
    public override string ToString() => $"signals {string.Join(", ", signals)}";

    IPlace? IAwaited.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (waiter.Coroutine!.Home.Runner != scheduler)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} can't wait for {this}, which belong to another scheduler."
            );
        outcome = new Outcome(isDisposed ? WakeupReason.Closed : WakeupReason.None);
        if (pending.Count == 0)
            return isDisposed ? null : waiters.Add(waiter);
        outcome = new SignalGrant(this, pending[0]).Outcome;
        pending.RemoveAt(0);
        return null;
    }

    /// <summary>A signal has come.</summary>
    internal void Deliver(PosixSignal signal) => Deliver(signal, pending.Count);

    /// <summary>One that was given to a coroutine has come back: before those that came later.</summary>
    internal void Return(PosixSignal signal) => Deliver(signal, place: 0);

    private void Deliver(PosixSignal signal, int place)
    {
        if (waiters.TryTake(out var waiter))
            waiter.Wake(new SignalGrant(this, signal).Outcome);
        else if (!pending.Contains(signal))
            pending.Insert(place, signal);
    }

    private PosixSignalRegistration[] Register(PosixSignal[] signals)
    {
        var registered = new List<PosixSignalRegistration>();
        try
        {
            foreach (var signal in signals)
                registered.Add(PosixSignalRegistration.Create(signal, Handle));
            return [.. registered];
        }
        catch
        {
            registered.ForEach(registration => registration.Dispose());
            throw;
        }
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        var signal = context.Signal;
        scheduler.Post(() => Deliver(signal));
    }
}
