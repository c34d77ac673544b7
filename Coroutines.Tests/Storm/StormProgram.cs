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
    private readonly List<Coroutine> spawned = [];
    private readonly List<Scope> scopes = [];

    public StormProgram(Scheduler scheduler, Random choices, StormPeers peers, StormTrace trace)
    {
        (this.scheduler, this.choices, this.peers, this.trace) = (scheduler, choices, peers, trace);
        Ledger = new(trace, SayLastWords);
        Wakeups = new(trace, scheduler);
    }

    public StormLedger Ledger { get; }

    public StormWakeups Wakeups { get; }

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
        switch (choices.Next(16))
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
            default:
                break; // mostly nothing
        }
    }

    private IEnumerator<Wait> Body(int depth)
    {
        using var frame = Ledger.Enter();
        for (var steps = choices.Next(1, 6); steps > 0; steps--)
        {
            Meddle();
            FailNowAndThen(60);
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
        using var scope = Scope.Open(ChooseDeadline());
        scopes.Add(scope);
        for (var children = choices.Next(4); children > 0; children--)
            SpawnInto(scope, depth + 1);
        for (var steps = choices.Next(3); steps > 0; steps--)
        {
            Meddle();
            var (wait, start) = (
                choices.Next(2) == 0 ? scope.Join(ChooseDeadline()) : ChooseWait(depth),
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
        return choices.Next(14) switch
        {
            0 => WantRead(connection, ChooseDeadline()),
            1 => WantWrite(connection, ChooseDeadline()),
            2 => WantReadOrWrite(connection, ChooseDeadline()),
            3 => Sleep(ChooseTimeout()),
            4 => SleepUntil(Deadline.In(ChooseTimeout())),
            5 or 6 when depth < MaxDepth => Call(Body(depth + 1), ChooseDeadline()),
            7 when depth < MaxDepth => TryCall(Body(depth + 1), ChooseDeadline()),
            8 when depth < MaxDepth => Call(ScopeBody(depth + 1), ChooseDeadline()),
            9 when depth < MaxDepth => TryCall(ScopeBody(depth + 1), ChooseDeadline()),
            10 when AnyOf(spawned) is { } other => Join(other, ChooseDeadline()),
            11 when AnyOf(spawned) is { } other => TryJoin(other, ChooseDeadline()),
            12 => Call(connection.SendAll(new byte[choices.Next(1, 30)]), ChooseDeadline()),
            _ => Pause(),
        };
    }

    private Deadline ChooseDeadline() =>
        choices.Next(4) switch
        {
            0 => ChooseTimeout(),
            1 => Deadline.In(ChooseTimeout()),
            _ => Deadline.None,
        };

    // Zero, less than a millisecond, and so long that it lies in a higher wheel.
    private TimeSpan ChooseTimeout() =>
        choices.Next(5) switch
        {
            0 => TimeSpan.Zero,
            1 => TimeSpan.FromMicroseconds(choices.Next(1, 2_000)),
            2 => TimeSpan.FromSeconds(choices.Next(1, 100)),
            _ => TimeSpan.FromMilliseconds(choices.Next(1, 50)),
        };

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
