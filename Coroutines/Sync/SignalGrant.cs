using System.Runtime.InteropServices;

namespace Coroutines.Sync;

/// <summary>A signal that was given to a coroutine.</summary>
internal sealed class SignalGrant(Signals signals, PosixSignal signal) : IGrant, IResult<PosixSignal>
{
    public PosixSignal Value => signal;

    public object? Boxed => signal;

    public Outcome Outcome => new(WakeupReason.Granted | WakeupReason.Returned, this);

    public void GiveBack(Coroutine coroutine) => signals.Return(signal);

    public void Spend() { }
}
