namespace Coroutines.Exploring;

/// <summary>The signals of a process: one pending bit for each, a mask, and the handlers.</summary>
internal sealed class SignalState
{
    private readonly SortedDictionary<Signal, Func<IEnumerator<Step>>> handlers = [];
    private Signal? maskAfterHandler;

    public Signal Pending { get; private set; }

    public Signal Blocked { get; set; }

    public bool CanDeliver => Deliverable(Blocked) != Signal.None;

    /// <summary>Whether a signal that has a handler isn't blocked.</summary>
    public bool CanMiss => handlers.Keys.Any(signal => !Blocked.HasFlag(signal));

    public void Handle(Signal signal, Func<IEnumerator<Step>> handler) => handlers[signal] = handler;

    /// <summary>Sets the pending bit. A signal without a handler is ignored.</summary>
    public void Raise(Signal signal)
    {
        if (handlers.ContainsKey(signal))
            Pending |= signal;
    }

    public void Forget(Signal signal) => Pending &= ~signal;

    /// <summary>Whether a signal would be delivered under a mask.</summary>
    public bool CanDeliverUnder(Signal mask) => Deliverable(mask) != Signal.None;

    /// <summary>Takes another mask until the end of the handler that it lets through.</summary>
    public void MaskUntilHandled(Signal mask)
    {
        maskAfterHandler ??= Blocked;
        Blocked = mask;
    }

    /// <summary>Delivers a signal: its bit is cleared, and it is blocked while its handler runs.</summary>
    /// <returns>The handler, and what to do at its end.</returns>
    public (IEnumerator<Step> Handler, Action Ended) Deliver()
    {
        var signal = Deliverable(Blocked);
        var mask = maskAfterHandler ?? Blocked;
        maskAfterHandler = null;
        Pending &= ~signal;
        Blocked = mask | signal;
        return (handlers[signal](), () => Blocked = mask);
    }

    public string Describe(Signal signal) =>
        (Pending.HasFlag(signal), Blocked.HasFlag(signal)) switch
        {
            (true, true) => "pending, blocked",
            (true, false) => "pending",
            (false, true) => "blocked",
            _ => "-",
        };

    private Signal Deliverable(Signal mask) =>
        handlers.Keys.FirstOrDefault(signal => Pending.HasFlag(signal) && !mask.HasFlag(signal));
}
