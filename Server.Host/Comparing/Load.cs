using Coroutines;
using static Coroutines.Wait;

namespace Server.Host.Comparing;

/// <summary>Clients that ask a server as fast as it answers, for a while; all on this thread, each a coroutine.</summary>
/// <param name="plan">How many, and for how long.</param>
/// <param name="connect">Makes a child that connects to the server.</param>
/// <param name="processorTime">What the server has computed so far.</param>
/// <param name="clock">Measures; the scheduler's own.</param>
internal sealed class Load(
    LoadPlan plan,
    Func<IEnumerator<Wait>> connect,
    Func<TimeSpan> processorTime,
    TimeProvider clock
)
{
    // Answers under way at the end are waited for, so that as many were counted as the server gave.
    private static readonly TimeSpan Drain = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan Glance = TimeSpan.FromMilliseconds(10);

    private readonly LoadTally tally = new(clock);
    private readonly List<LoadClient> clients = [];

    /// <summary>The load; returns a <see cref="LoadResult"/>.</summary>
    public IEnumerator<Wait> Run()
    {
        using var scope = Scope.Open();
        for (var i = 0; i < plan.Clients; i++)
        {
            clients.Add(new LoadClient(connect, plan.Page, plan.Use, tally));
            scope.Spawn(clients[i].Run(), "client");
        }
        yield return Sleep(plan.WarmUp);
        yield return Call(UntilAllAreServed(), LoadPlan.MaxWarmUp);

        tally.Restart();
        var (begun, before) = (clock.GetTimestamp(), processorTime());
        yield return Sleep(plan.Duration);
        var result = Result(clock.GetElapsedTime(begun), processorTime() - before);

        tally.End();
        yield return scope.Join(Drain);
        yield return Return(result with { AnsweredInAll = tally.AnsweredInAll, Unserved = Unserved });
    }

    private int Unserved => clients.Count(client => client.Answers == 0);

    private IEnumerator<Wait> UntilAllAreServed()
    {
        while (Unserved > 0)
            yield return Sleep(Glance);
    }

    private LoadResult Result(TimeSpan elapsed, TimeSpan computed) =>
        new()
        {
            Clients = plan.Clients,
            Elapsed = elapsed,
            Answered = tally.Count(Verdict.Right),
            Reopened = tally.Count(Verdict.Reopened),
            Refused = tally.Count(Verdict.Refused),
            Wrong = tally.Count(Verdict.Wrong),
            Unserved = Unserved,
            AnsweredInAll = tally.AnsweredInAll,
            ProcessorTime = computed,
            Latencies = tally.Latencies,
            FirstBytes = tally.FirstBytes,
        };
}
