using System.Diagnostics;

namespace Coroutines.Sync;

/// <summary>A queue between coroutines that holds a limited number of items: who sends faster than is received waits.
/// </summary>
/// <remarks>
/// <para>Items come out in the order in which they were sent. Senders and receivers are served first come first served, and
/// nobody overtakes. An item that was handed to a coroutine that is cancelled before it is resumed goes to the next
/// receiver, or back to its position; the channel may then hold more than its capacity for a while. Who waits for any of a
/// send and a receive on one channel isn't served by itself.</para>
/// <para>Nothing is allocated for a send or a receive, and no item is boxed. A channel belongs to the scheduler whose
/// coroutine first waited for it, and is used on that scheduler's thread.</para>
/// </remarks>
/// <typeparam name="T">What is sent.</typeparam>
[DebuggerDisplay("{ToString(),nq}")]
public sealed class Channel<T> : IAwaited
{
    private readonly string? name;
    private readonly ItemQueue<T> items = new();
    private readonly TicketQueue<Sender<T>> senders = new();
    private readonly TicketQueue<Receiver<T>> receivers = new();
    private readonly Stack<Sender<T>> spareSenders = new();
    private readonly Stack<Receiver<T>> spareReceivers = new();
    private Owner owner;
    private int granted; // items that receivers were woken with, and that may still be given back

    /// <summary>An empty channel.</summary>
    /// <param name="capacity">How many items it holds before senders wait: 1 or more.</param>
    /// <param name="name">A name for people.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="capacity"/> is less than 1.</exception>
    public Channel(int capacity, string? name = null)
    {
        if (capacity < 1)
            throw new ArgumentOutOfRangeException(
                nameof(capacity),
                capacity,
                $"A channel's capacity must be 1 or more, but was {capacity}."
            );
        (Capacity, this.name) = (capacity, name);
    }

    /// <summary>How many items it holds before senders wait.</summary>
    public int Capacity { get; }

    /// <summary>How many items it holds. What a receiver was woken with isn't among them.</summary>
    public int Count => items.Count;

    /// <summary>How many coroutines wait to send.</summary>
    public int SenderCount => senders.Count;

    /// <summary>How many coroutines wait to receive.</summary>
    public int ReceiverCount => receivers.Count;

    /// <summary>Whether nothing can be sent any more.</summary>
    public bool IsClosed { get; private set; }

    WaitKind IAwaited.Kind => WaitKind.Receive;

    private bool IsDrained => IsClosed && items.Count == 0 && granted == 0;

    /// <summary>Waits until there is room for an item, and sends it.</summary>
    /// <remarks>If it ends by its deadline, or because the channel is closed (<see cref="Wakeup.Closed"/>), or is cancelled,
    /// the item was not sent, and the wait may be yielded again. One that has been sent is spent: make a new one for each
    /// item. A coroutine that is cancelled after its item was sent has sent it.</remarks>
    /// <param name="item">The item.</param>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells. By default never.</param>
    public Wait Send(T item, Deadline deadline = default)
    {
        if (!spareSenders.TryPop(out var sender))
            sender = new Sender<T>(this);
        return Wait.On(sender.Holding(item), deadline);
    }

    /// <summary>Waits for an item and takes it; then <see cref="Wakeup.Result{T}"/> is it.</summary>
    /// <remarks>Once the channel is closed and everything was received, it ends with <see cref="Wakeup.Closed"/>.</remarks>
    /// <param name="deadline">When to give up; <see cref="Wakeup.DeadlineReached"/> tells, and no item was taken. By default
    /// never.</param>
    public Wait Receive(Deadline deadline = default) => Wait.On(this, deadline);

    /// <summary>Sends an item if there is room for it, or somebody waits to receive it. Never waits.</summary>
    /// <param name="item">The item.</param>
    /// <returns>False if there is none, or the channel is closed.</returns>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public bool TrySend(T item)
    {
        owner.Verify(nameof(TrySend), this);
        return !IsClosed && TrySend(item, sender: null);
    }

    /// <summary>Takes an item if there is one, also of a closed channel. Never waits.</summary>
    /// <param name="item">The item; the type's default if there is none.</param>
    /// <returns>False if there is none.</returns>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public bool TryReceive(out T item)
    {
        owner.Verify(nameof(TryReceive), this);
        item = default!;
        if (items.Count == 0)
            return false;
        items.Dequeue(out item);
        AdmitSenders(receiver: null);
        return true;
    }

    /// <summary>Ends sending. Who waits to send is told so, and has not sent; what was sent is still received, and then
    /// receivers are told so, too. Closing again does nothing.</summary>
    /// <exception cref="InvalidOperationException">It is called on another thread during a turn.</exception>
    public void Close()
    {
        owner.Verify(nameof(Close), this);
        IsClosed = true;
        while (senders.TryTake(out _, out var waiter))
            waiter.Wake(new Outcome(WakeupReason.Closed));
        TellIfDrained();
    }

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Described.As("channel", name)} ({(IsClosed ? "closed, " : "")}{Count} of {Capacity} items)";

    IPlace? IAwaited.Enlist(IWaiter waiter, in Wait wait, out Outcome outcome)
    {
        owner.Admit(waiter, this);
        outcome = new Outcome(IsDrained ? WakeupReason.Closed : WakeupReason.None);
        if (IsDrained)
            return null;
        if (!spareReceivers.TryPop(out var receiver))
            receiver = new Receiver<T>(this);
        if (items.Count == 0)
        {
            receivers.Add(receiver, waiter);
            return receiver;
        }
        var position = items.Dequeue(out var item);
        outcome = Grant(receiver, position, item);
        AdmitSenders(waiter.Coroutine);
        return null;
    }

    internal IPlace? Enlist(Sender<T> sender, IWaiter waiter, out Outcome outcome)
    {
        owner.Admit(waiter, this);
        outcome = new Outcome(IsClosed ? WakeupReason.Closed : WakeupReason.None);
        if (IsClosed)
            return null;
        if (TrySend(sender.Item, waiter.Coroutine))
        {
            Retire(sender);
            return null;
        }
        senders.Add(sender, waiter);
        return sender;
    }

    internal void Leave(Sender<T> sender) => senders.Remove(sender);

    internal void Leave(Receiver<T> receiver)
    {
        receivers.Remove(receiver);
        spareReceivers.Push(receiver);
    }

    /// <summary>A receiver was unwound before it was resumed with its item.</summary>
    internal void GiveBack(Receiver<T> receiver, long position, T item)
    {
        granted--;
        spareReceivers.Push(receiver);
        if (receivers.TryTake(out var next, out var waiter))
            Hand(next, waiter, position, item);
        else
            items.PutBack(position, item);
    }

    /// <summary>A receiver has had its item.</summary>
    internal void Spend(Receiver<T> receiver)
    {
        granted--;
        spareReceivers.Push(receiver);
        TellIfDrained();
    }

    // Who waits for any of several may stand in both queues, and is never served by itself.
    private bool TrySend(T item, Coroutine? sender)
    {
        if (receivers.TryTake(out var receiver, out var waiter, sender))
            Hand(receiver, waiter, items.Number(), item);
        else if (items.Count < Capacity)
            items.Enqueue(item);
        else
            return false;
        return true;
    }

    private void Hand(Receiver<T> receiver, IWaiter waiter, long position, T item) =>
        waiter.Wake(Grant(receiver, position, item));

    private Outcome Grant(Receiver<T> receiver, long position, T item)
    {
        granted++;
        return receiver.Grant(position, item);
    }

    private void AdmitSenders(Coroutine? receiver)
    {
        while (items.Count < Capacity && senders.TryTake(out var sender, out var waiter, receiver))
        {
            items.Enqueue(sender.Item);
            Retire(sender);
            waiter.Wake(default);
        }
    }

    private void Retire(Sender<T> sender)
    {
        sender.Spend();
        spareSenders.Push(sender);
    }

    // Not before the last item that was handed out is past being given back: somebody must then still be there for it.
    private void TellIfDrained()
    {
        if (!IsDrained)
            return;
        while (receivers.TryTake(out var receiver, out var waiter))
        {
            spareReceivers.Push(receiver);
            waiter.Wake(new Outcome(WakeupReason.Closed));
        }
    }
}
