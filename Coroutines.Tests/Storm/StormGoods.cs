using Coroutines.Sync;
using Semaphore = Coroutines.Sync.Semaphore;

namespace Coroutines.Tests.Storm;

/// <summary>What a storm's coroutines hand each other, with an account of each item and each permit.</summary>
internal sealed class StormGoods(StormTrace trace, Random choices)
{
    private readonly HashSet<int> unsent = [];
    private readonly HashSet<int> received = [];
    private int lastItem;

    public Channel<int>[] Channels { get; } = [new(1, "narrow"), new(3, "wide")];

    public Event Happened { get; } = new("happened");

    public Semaphore Permit { get; } = new(2, "permit");

    /// <summary>How many permits are held by coroutines that know it.</summary>
    public int Held { get; private set; }

    /// <summary>How many items were sent and not received.</summary>
    public int UnderWay => lastItem - unsent.Count - received.Count;

    // The test itself is none.
    private static int Doer => Coroutine.Current?.Id ?? 0;

    public Channel<int> AnyChannel() => Channels[choices.Next(Channels.Length)];

    /// <summary>A new item, to be sent: it is unsent until its parcel says otherwise.</summary>
    public StormParcel Pack(Deadline deadline)
    {
        unsent.Add(++lastItem);
        return new(this, AnyChannel().Send(lastItem, deadline), lastItem);
    }

    public void HaveSent(int item) => trace.Expect(unsent.Remove(item), $"item {item} was sent twice");

    public void HaveReceived(int item)
    {
        trace.Add("received", Doer, item);
        trace.Expect(received.Add(item), $"item {item} was received twice");
        trace.Expect(item > 0 && item <= lastItem, $"item {item} was received, but never packed");
    }

    public void HaveAcquired()
    {
        trace.Add("acquired", Doer, Permit.Available);
        trace.Expect(++Held <= Permit.Permits, $"{Held} of {Permit.Permits} permits are held");
    }

    public void Release()
    {
        Held--;
        Permit.Release();
    }

    /// <summary>No item was received whose sender keeps it still.</summary>
    public bool NoneIsDoubled => !received.Overlaps(unsent);

    /// <summary>Does something to them without waiting.</summary>
    public void Meddle()
    {
        switch (choices.Next(6))
        {
            case 0:
                Happened.Set();
                break;
            case 1:
                Happened.Reset();
                break;
            case 2 when AnyChannel().TrySend(lastItem + 1):
                lastItem++;
                break;
            case 3 when AnyChannel().TryReceive(out var item):
                HaveReceived(item);
                break;
            case 4 when Permit.TryAcquire():
                HaveAcquired();
                Release();
                break;
            case 5 when choices.Next(20) == 0:
                AnyChannel().Close();
                break;
            default:
                break;
        }
    }
}
