namespace Coroutines.Sync;

/// <summary>Who waits for an item of a channel, then the item, until its coroutine waits for something else.</summary>
internal sealed class Receiver<T>(Channel<T> channel) : Ticket, IGrant, IResult<T>
{
    private long position;
    private T item = default!;

    public T Value => item;

    public object? Boxed => item;

    public Outcome Grant(long position, T item)
    {
        (this.position, this.item) = (position, item);
        return new Outcome(WakeupReason.Granted | WakeupReason.Returned, this);
    }

    public override void Leave(IWaiter waiter) => channel.Leave(this);

    public void GiveBack(Coroutine coroutine)
    {
        var returned = item;
        item = default!;
        channel.GiveBack(this, position, returned);
    }

    public void Spend()
    {
        item = default!;
        channel.Spend(this);
    }

    public override string ToString() => channel.ToString();
}
