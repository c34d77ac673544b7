namespace Coroutines.Tests.Storm;

/// <summary>A frame of a coroutine, from its first step to its <c>finally</c>, which must come once and in order.</summary>
internal sealed class StormFrame : IDisposable
{
    private readonly StormLedger ledger;

    public StormFrame(StormLedger ledger, int number, Coroutine coroutine, StormFrame? caller)
    {
        (this.ledger, Number, Coroutine, Caller) = (ledger, number, coroutine, caller);
    }

    public int Number { get; }

    public Coroutine Coroutine { get; }

    public StormFrame? Caller { get; }

    public void Dispose() => ledger.Leave(this);
}
