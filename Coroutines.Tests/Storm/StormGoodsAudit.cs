namespace Coroutines.Tests.Storm;

/// <summary>Checks that no item, no permit and nobody who waits for one is lost.</summary>
internal sealed class StormGoodsAudit(StormTrace trace, StormGoods goods)
{
    /// <summary>Holds between any two turns.</summary>
    /// <param name="living">The coroutines that live.</param>
    public void Check(IReadOnlyList<Coroutine> living)
    {
        Check(living, WaitKind.Event, goods.Happened.WaiterCount);
        Check(living, WaitKind.Acquire, goods.Permit.WaiterCount);
        Check(living, WaitKind.Send, goods.Channels.Sum(channel => channel.SenderCount));
        Check(living, WaitKind.Receive, goods.Channels.Sum(channel => channel.ReceiverCount));
        foreach (var channel in goods.Channels)
        {
            var isOneSided = channel.SenderCount == 0 || channel.ReceiverCount == 0;
            trace.Expect(isOneSided, $"senders and receivers wait for each other at {channel}");
        }
        // The rest is granted to coroutines that haven't been resumed yet.
        var known = goods.Held + goods.Permit.Available;
        trace.Expect(known <= goods.Permit.Permits, $"{goods.Held} permits are held, but {goods.Permit}");
    }

    /// <summary>Holds when nothing can happen but by the test or by time: nobody waits for what is there.</summary>
    public void CheckRest()
    {
        var (permit, happened) = (goods.Permit, goods.Happened);
        trace.Expect(goods.Held + permit.Available == permit.Permits, $"{goods.Held} permits are held, but {permit}");
        trace.Expect(InChannels == goods.UnderWay, $"{InChannels} items in channels, but {goods.UnderWay} under way");
        trace.Expect(goods.NoneIsDoubled, $"an item was received whose sender keeps it still");
        trace.Expect(permit.WaiterCount == 0 || permit.Available == 0, $"{permit.WaiterCount} wait for {permit}");
        trace.Expect(happened.WaiterCount == 0 || !happened.IsSet, $"{happened.WaiterCount} wait for {happened}");
        foreach (var channel in goods.Channels)
        {
            var isOver = channel.IsClosed || channel.Count < channel.Capacity;
            trace.Expect(channel.SenderCount == 0 || !isOver, $"{channel.SenderCount} wait to send to {channel}");
            var hasCome = channel.IsClosed || channel.Count > 0;
            trace.Expect(channel.ReceiverCount == 0 || !hasCome, $"{channel.ReceiverCount} wait for {channel}");
        }
    }

    /// <summary>Holds when every coroutine has ended.</summary>
    public void CheckEnd()
    {
        Check([]);
        CheckRest();
        foreach (var channel in goods.Channels)
        {
            while (channel.TryReceive(out var left))
                goods.HaveReceived(left);
        }
        trace.Expect(goods.UnderWay == 0, $"{goods.UnderWay} items were lost");
        trace.Expect(goods.NoneIsDoubled, $"an item was left whose send had been given up");
        trace.Expect(goods.Held == 0, $"{goods.Held} permits are held in the end");
    }

    private int InChannels => goods.Channels.Sum(channel => channel.Count);

    private void Check(IReadOnlyList<Coroutine> living, WaitKind kind, int standing)
    {
        var waiting = living.Sum(coroutine => CountOf(coroutine, kind));
        trace.Expect(waiting == standing, $"{waiting} waits are for {kind}, but {standing} stand there");
    }

    private static int CountOf(Coroutine coroutine, WaitKind kind) =>
        coroutine.State != CoroutineState.Suspended ? 0
        : coroutine.Subject is AnyOf any ? any.Waits.Count(wait => wait.Kind == kind)
        : coroutine.WaitingFor == kind ? 1
        : 0;
}
