namespace Coroutines.Sync;

/// <summary>Waiters, first come first served; one may leave from the middle.</summary>
internal sealed class TicketQueue<T>
    where T : Ticket
{
    private Ticket? first;
    private Ticket? last;

    /// <summary>How many wait.</summary>
    public int Count { get; private set; }

    public void Add(T ticket, IWaiter waiter)
    {
        ticket.Waiter = waiter;
        ticket.Previous = last;
        if (last is null)
            first = ticket;
        else
            last.Next = ticket;
        last = ticket;
        Count++;
    }

    /// <summary>Takes a ticket out, with its waiter.</summary>
    public IWaiter Remove(T ticket)
    {
        var waiter = ticket.Waiter!;
        if (ticket.Previous is null)
            first = ticket.Next;
        else
            ticket.Previous.Next = ticket.Next;
        if (ticket.Next is null)
            last = ticket.Previous;
        else
            ticket.Next.Previous = ticket.Previous;
        (ticket.Waiter, ticket.Previous, ticket.Next) = (null, null, null);
        Count--;
        return waiter;
    }

    /// <summary>Takes the first one out.</summary>
    /// <param name="ticket">The ticket.</param>
    /// <param name="waiter">Its waiter.</param>
    /// <param name="taker">A coroutine that isn't to be served by itself, though it may stand here, too: it waits for any of
    /// several things.</param>
    /// <returns>False if nobody else waits.</returns>
    public bool TryTake(out T ticket, out IWaiter waiter, Coroutine? taker = null)
    {
        var found = first;
        while (found is not null && found.Waiter!.Coroutine == taker)
            found = found.Next;
        ticket = (T)found!;
        waiter = found is null ? null! : Remove(ticket);
        return found is not null;
    }
}
