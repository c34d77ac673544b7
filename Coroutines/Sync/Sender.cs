namespace Coroutines.Sync;

/// <summary>An item that is to be sent, and who waits until there is room for it.</summary>
/// <remarks>Until it was sent the item stays here: a send that was given up may be yielded again.</remarks>
internal sealed class Sender<T>(Channel<T> channel) : Ticket, IAwaited
{
    public T Item { get; private set; } = default!;

    public WaitKind Kind => WaitKind.Send;

    private bool IsSpent { get; set; }

    public Sender<T> Holding(T item)
    {
        (Item, IsSpent) = (item, false);
        return this;
    }

    /// <summary>The item has been sent.</summary>
    public void Spend() => (Item, IsSpent) = (default!, true);

    public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        if (IsSpent || Waiter is not null)
            throw new InvalidOperationException(
                $"{waiter.Coroutine} yielded a send to {channel} a second time: make one for each item."
            );
        return channel.Enlist(this, waiter, out outcome);
    }

    public override void Leave(IWaiter waiter) => channel.Leave(this);

    public override string ToString() => channel.ToString();
}
