using static Coroutines.Wait;

namespace Coroutines.Tests.Storm;

/// <summary>The bodies of a storm's coroutines: each step is drawn by lot.</summary>
internal sealed class StormProgram
{
    private const int MaxSpawned = 60;
    private const int MaxDepth = 4;

    private readonly Scheduler scheduler;
    private readonly Random choices;
    private readonly StormPeers peers;
    private readonly StormTrace trace;
    private readonly StormTimes times;
    private readonly StormTrade trade;
    private readonly List<Coroutine> spawned = [];
    private readonly List<Scope> scopes = [];

    public StormProgram(Scheduler scheduler, Random choices, StormPeers peers, StormTrace trace)
    {
        (this.scheduler, this.choices, this.peers, this.trace) = (scheduler, choices, peers, trace);
        Ledger = new(trace, SayLastWords);
        Wakeups = new(trace, scheduler);
        Goods = new(trace, choices);
        times = new(choices);
        trade = new(Goods, Ledger, Wakeups, choices, MeddleOrFail);
    }

    public StormLedger Ledger { get; }

    public StormWakeups Wakeups { get; }

    public StormGoods Goods { get; }

    /// <summary>Spawns a coroutine that belongs to the scheduler itself.</summary>
    public void Spawn()
    {
        if (spawned.Count < MaxSpawned)
            spawned.Add(scheduler.Spawn(Body(depth: 0)));
    }

    /// <summary>Does something to somebody: cancels, closes, spawns, receives. From within a coroutine and from without.
    /// </summary>
    public void Meddle()
    {
        switch (choices.Next(18))
        {
            case 0:
                AnyOf(spawned)?.Cancel();
                break;
            case 1 when choices.Next(2) == 0:
                AnyOf(scopes)?.Cancel();
                break;
            case 2:
                peers.Any().Connection.Dispose();
                break;
            case 3:
                Spawn();
                break;
            case 4 when AnyOf(scopes) is { } scope:
                SpawnInto(scope, depth: 1);
                break;
            case 5 or 6:
                peers.Any().Connection.Receive(new byte[4], out _);
                break;
            case 7:
                peers.Act();
                break;
            case 8 or 9:
                Goods.Meddle();
                break;
            default:
                break; // mostly nothing
        }
    }

    private IEnumerator<Wait> Body(int depth)
    {
        using var frame = Ledger.Enter();
        for (var steps = choices.Next(1, 8); steps > 0; steps--)
        {
            MeddleOrFail();
            var (wait, start) = (ChooseWait(depth), scheduler.Now);
            yield return wait;
            Ledger.GoesOn(frame);
            Wakeups.Check(wait, start);
        }
        if (choices.Next(2) == 0)
            yield return Return(frame.Number);
    }

    private IEnumerator<Wait> ScopeBody(int depth)
    {
        using var frame = Ledger.Enter();
        using var scope = Scope.Open(times.ChooseDeadline());
        scopes.Add(scope);
        for (var children = choices.Next(4); children > 0; children--)
            SpawnInto(scope, depth + 1);
        for (var steps = choices.Next(3); steps > 0; steps--)
        {
            Meddle();
            var (wait, start) = (
                choices.Next(2) == 0 ? scope.Join(times.ChooseDeadline()) : ChooseWait(depth),
                scheduler.Now
            );
            yield return wait;
            Ledger.GoesOn(frame);
            Wakeups.Check(wait, start);
        }
    }

    private void SpawnInto(Scope scope, int depth)
    {
        if (spawned.Count < MaxSpawned)
            spawned.Add(scope.Spawn(Body(depth)));
    }

    private Wait ChooseWait(int depth)
    {
        var connection = peers.Any().Connection;
        return choices.Next(20) switch
        {
            0 => WantRead(connection, times.ChooseDeadline()),
            1 => WantWrite(connection, times.ChooseDeadline()),
            2 => WantReadOrWrite(connection, times.ChooseDeadline()),
            3 => Sleep(times.ChooseTimeout()),
            4 => SleepUntil(Deadline.In(times.ChooseTimeout())),
            5 or 6 when depth < MaxDepth => Call(Body(depth + 1), times.ChooseDeadline()),
            7 when depth < MaxDepth => TryCall(Body(depth + 1), times.ChooseDeadline()),
            8 when depth < MaxDepth => Call(ScopeBody(depth + 1), times.ChooseDeadline()),
            9 when depth < MaxDepth => TryCall(ScopeBody(depth + 1), times.ChooseDeadline()),
            10 when AnyOf(spawned) is { } other => Join(other, times.ChooseDeadline()),
            11 when AnyOf(spawned) is { } other => TryJoin(other, times.ChooseDeadline()),
            12 or 13 or 14 or 15 => Call(trade.Body(WantRead(connection, times.ChooseDeadline()))),
            16 or 17 => TryCall(trade.Body(WantReadOrWrite(connection)), times.ChooseDeadline()),
            18 => Call(connection.SendAll(new byte[choices.Next(1, 30)]), times.ChooseDeadline()),
            _ => Pause(),
        };
    }

    private void MeddleOrFail()
    {
        Meddle();
        FailNowAndThen(60);
    }

    /// <summary>What a <c>finally</c> does beside releasing things.</summary>
    private void SayLastWords()
    {
        if (choices.Next(4) == 0)
            Meddle();
        FailNowAndThen(100);
    }

    private void FailNowAndThen(int oneIn)
    {
        if (choices.Next(oneIn) > 0)
            return;
        trace.Add("fails", Coroutine.Current!.Id);
        throw new StormFailure();
    }

    private T? AnyOf<T>(List<T> all)
        where T : class => all.Count == 0 ? null : all[choices.Next(all.Count)];
}
