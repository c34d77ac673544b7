namespace Coroutines.Sync;

/// <summary>One waiter's place in a queue.</summary>
internal abstract class Ticket : IPlace
{
    /// <summary>Who waits; null while nobody stands here.</summary>
    public IWaiter? Waiter { get; set; }

    internal Ticket? Previous { get; set; }

    internal Ticket? Next { get; set; }

    /// <summary>The waiter leaves the queue unserved.</summary>
    public abstract void Leave(IWaiter waiter);
}
