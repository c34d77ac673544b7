using Coroutines.Testing;

namespace Coroutines.Tests.Storm;

/// <summary>A storm from its first spawn to the end of all: a function of its seed.</summary>
internal sealed class StormRun : IDisposable
{
    private const int Rounds = 60;

    private readonly HashSet<Coroutine> told = [];
    private readonly int seed;
    private readonly Random choices;
    private readonly Simulation simulation;
    private readonly StormPeers peers;
    private readonly StormTrace trace;
    private readonly StormProgram program;
    private readonly StormGoodsAudit goodsAudit;
    private readonly StormAudit audit;

    private StormRun(int seed)
    {
        this.seed = seed;
        choices = new Random(seed);
        simulation = new() { Seed = seed };
        trace = new(simulation.Scheduler);
        peers = new(simulation, choices);
        program = new(simulation.Scheduler, choices, peers, trace);
        goodsAudit = new(trace, program.Goods);
        audit = new(trace, simulation, goodsAudit);
        simulation.Scheduler.Attach(trace);
        simulation.Scheduler.Failed += (coroutine, failure) => Failed(coroutine, failure);
    }

    public IReadOnlyList<StormEvent> Events => trace.Events;

    public IReadOnlySet<(WaitKind Kind, string How)> Seen => program.Wakeups.Seen;

    /// <summary>Runs a storm.</summary>
    /// <param name="seed">Its seed: any number.</param>
    /// <exception cref="InvalidOperationException">A rule was broken. The message tells the seed, the rule, and all that
    /// happened.</exception>
    public static StormRun Run(int seed)
    {
        using var run = new StormRun(seed);
        try
        {
            run.Blow();
            run.End();
        }
        catch (Exception thrown)
        {
            run.trace.Violations.Add($"it threw {thrown}");
        }
        return run.trace.Violations.Count == 0 ? run : throw run.Broken();
    }

    /// <inheritdoc/>
    public void Dispose() => simulation.Dispose();

    private void Blow()
    {
        for (var roots = choices.Next(2, 9); roots > 0; roots--)
            program.Spawn();
        for (var round = 0; round < Rounds && (simulation.Scheduler.Count > 0 || round < 20); round++)
        {
            peers.Act();
            program.Goods.Meddle();
            TakeATurnOrMore();
            audit.Check(peers.All);
        }
    }

    private void TakeATurnOrMore()
    {
        switch (choices.Next(6))
        {
            case 0 or 1:
                simulation.Scheduler.Turn(TimeSpan.Zero);
                break;
            case 2:
                program.Meddle(); // by the test, between turns
                break;
            case 3:
                simulation.Scheduler.Post(program.Meddle);
                break;
            case 4:
                simulation.RunUntilIdle(maxTurns: 1_000);
                audit.CheckRest(peers.All);
                break;
            default:
                simulation.Advance(TimeSpan.FromMicroseconds(choices.Next(1, 30_000)));
                audit.CheckRest(peers.All);
                break;
        }
    }

    /// <summary>Lets some storms blow themselves out, and ends what then still waits for the others, or for ever.</summary>
    private void End()
    {
        if (choices.Next(2) == 0)
            simulation.Advance(TimeSpan.FromSeconds(1_000));
        if (choices.Next(2) == 0)
            StopByRun();
        simulation.Dispose();
        simulation.ShouldHaveNothingLeft();
        trace.Expect(trace.LivingCount == 0, $"{trace.LivingCount} coroutines never ended");
        trace.Expect(program.Ledger.Open == 0, $"{program.Ledger.Open} frames never ended");
        goodsAudit.CheckEnd();
        trace.Expect(simulation.Scheduler.Count == 0, $"{simulation.Scheduler.Count} coroutines are counted");
    }

    private void StopByRun()
    {
        simulation.Scheduler.Stop();
        simulation.Scheduler.Run();
        simulation.Scheduler.Turn(TimeSpan.Zero);
        audit.CheckRest(peers.All);
    }

    /// <summary>A failure that the storm didn't want, and that isn't a refusal of the scheduler's, is a bug.</summary>
    private void Failed(Coroutine coroutine, Exception failure)
    {
        trace.Add("failed", coroutine.Id);
        trace.Expect(coroutine.State == CoroutineState.Failed, $"{coroutine} is told to have failed");
        trace.Expect(coroutine.Failure == failure, $"{coroutine} is told to have failed with {failure}");
        trace.Expect(told.Add(coroutine), $"{coroutine} is told twice to have failed");
        trace.Expect(IsWanted(failure), $"{coroutine} failed with {failure}");
    }

    private static bool IsWanted(Exception failure) =>
        failure switch
        {
            StormFailure or InvalidOperationException => true, // a second reader, for one
            AggregateException several => several.InnerExceptions.All(IsWanted),
            _ => false,
        };

    private InvalidOperationException Broken() =>
        new($"Storm {seed}: {string.Join("\n", trace.Violations)}\nTo run it again: StormRun.Run({seed})\n{trace}");
}
