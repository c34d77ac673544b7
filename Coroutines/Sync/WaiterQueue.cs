namespace Coroutines.Sync;

/// <summary>Waiters that are woken without being handed anything of their own, first come first served.</summary>
internal sealed class WaiterQueue
{
    private readonly object subject;
    private readonly TicketQueue<Place> places = new();
    private readonly Stack<Place> spare = new();

    /// <param name="subject">What they wait for: its text names it.</param>
    public WaiterQueue(object subject) => this.subject = subject;

    /// <summary>How many wait.</summary>
    public int Count => places.Count;

    public IPlace Add(IWaiter waiter)
    {
        if (!spare.TryPop(out var place))
            place = new Place(this);
        places.Add(place, waiter);
        return place;
    }

    /// <summary>Takes the first one out.</summary>
    /// <returns>False if nobody waits.</returns>
    public bool TryTake(out IWaiter waiter)
    {
        if (!places.TryTake(out var place, out waiter))
            return false;
        spare.Push(place);
        return true;
    }

    private sealed class Place(WaiterQueue queue) : Ticket
    {
        public override void Leave(IWaiter waiter)
        {
            queue.places.Remove(this);
            queue.spare.Push(this);
        }

        public override string ToString() => queue.subject.ToString()!;
    }
}
