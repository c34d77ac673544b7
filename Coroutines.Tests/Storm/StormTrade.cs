using static Coroutines.Wait;

namespace Coroutines.Tests.Storm;

/// <summary>Frames that hand each other items and permits, and wait for what happens.</summary>
/// <param name="goods">What they hand each other.</param>
/// <param name="ledger">Where they enter and leave.</param>
/// <param name="wakeups">Who checks what a wait brought.</param>
/// <param name="choices">The lots.</param>
/// <param name="meddle">What a frame does now and then between two waits; it may fail.</param>
internal sealed class StormTrade(
    StormGoods goods,
    StormLedger ledger,
    StormWakeups wakeups,
    Random choices,
    Action meddle
)
{
    private readonly StormTimes times = new(choices);

    /// <param name="another">A wait for something else.</param>
    public IEnumerator<Wait> Body(Wait another) =>
        choices.Next(6) switch
        {
            0 => Sends(times.ChooseDeadline()),
            1 => Receives(goods.AnyChannel().Receive(times.ChooseDeadline())),
            2 or 3 => Enters(goods.Permit.Acquire(times.ChooseDeadline())),
            4 => Awaits(goods.Happened.WaitUntilSet(times.ChooseDeadline())),
            _ => Selects(another),
        };

    /// <summary>Yields a send again that was given up.</summary>
    private IEnumerator<Wait> Sends(Deadline deadline)
    {
        using var frame = ledger.Enter();
        using var parcel = goods.Pack(deadline);
        for (var tries = choices.Next(1, 3); tries > 0 && !parcel.IsSent; tries--)
        {
            var start = wakeups.Now;
            yield return parcel.Send;
            GoesOn(frame, parcel.Send, start);
            wakeups.Check(parcel, parcel.Send);
            meddle();
        }
    }

    private IEnumerator<Wait> Receives(Wait receive)
    {
        using var frame = ledger.Enter();
        for (var steps = choices.Next(1, 4); steps > 0; steps--)
        {
            var start = wakeups.Now;
            yield return receive;
            GoesOn(frame, receive, start);
            if (HasCome)
                goods.HaveReceived(Woken.Result<int>());
            meddle();
        }
    }

    /// <summary>Holds a permit for a while, which ends in whichever way.</summary>
    private IEnumerator<Wait> Enters(Wait acquire)
    {
        using var frame = ledger.Enter();
        for (var steps = choices.Next(1, 3); steps > 0; steps--)
        {
            var start = wakeups.Now;
            yield return acquire;
            GoesOn(frame, acquire, start);
            if (!HasCome)
                continue;
            goods.HaveAcquired();
            try
            {
                meddle();
                yield return choices.Next(3) == 0 ? Pause() : Sleep(times.ChooseTimeout());
            }
            finally
            {
                goods.Release();
            }
        }
    }

    private IEnumerator<Wait> Awaits(Wait wait)
    {
        using var frame = ledger.Enter();
        var start = wakeups.Now;
        yield return wait;
        GoesOn(frame, wait, start);
    }

    /// <summary>Waits for any of all these, in an order drawn by lot.</summary>
    private IEnumerator<Wait> Selects(Wait another)
    {
        using var frame = ledger.Enter();
        using var parcel = goods.Pack(times.ChooseDeadline());
        Wait[] waits =
        [
            parcel.Send,
            goods.AnyChannel().Receive(times.ChooseDeadline()),
            goods.AnyChannel().Receive(),
            goods.Permit.Acquire(times.ChooseDeadline()),
            goods.Happened.WaitUntilSet(times.ChooseDeadline()),
            another,
        ];
        choices.Shuffle(waits);
        waits = waits[..choices.Next(1, waits.Length)];
        var (any, start) = (Any(times.ChooseDeadline(), waits), wakeups.Now);
        yield return any;
        GoesOn(frame, any, start);
        var ended = Woken.Index < 0 ? any : waits[Woken.Index];
        wakeups.Check(parcel, ended);
        TakeWhatCame(ended.Kind);
    }

    private static bool HasCome => !Woken.Closed && !Woken.DeadlineReached;

    private void TakeWhatCame(WaitKind kind)
    {
        if (kind == WaitKind.Receive && HasCome)
            goods.HaveReceived(Woken.Result<int>());
        if (kind != WaitKind.Acquire || !HasCome)
            return;
        goods.HaveAcquired();
        goods.Release();
    }

    private void GoesOn(StormFrame frame, in Wait wait, Deadline start)
    {
        ledger.GoesOn(frame);
        wakeups.Check(wait, start);
    }
}
