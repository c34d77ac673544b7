using System.Runtime.Versioning;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Comparing;

/// <summary>Measures servers, one after the other: each by itself, with the same loads.</summary>
/// <remarks>It is a coroutine. If it is cancelled, the server that it measures is ended on the way out.</remarks>
/// <param name="candidates">The servers.</param>
/// <param name="options">What is measured.</param>
/// <param name="page">What is asked for.</param>
/// <param name="progress">Is told each step.</param>
/// <param name="clock">Measures; the scheduler's own.</param>
[SupportedOSPlatform("linux")]
internal sealed class Comparison(
    IReadOnlyList<Candidate> candidates,
    CompareOptions options,
    Page page,
    IProgressDisplay progress,
    TimeProvider clock
)
{
    private const int StepsBesideLoads = 4; // warming up, new connections, idle clients, a slow client
    private const int WarmingClients = 8;
    private static readonly TimeSpan MaxWarming = TimeSpan.FromSeconds(2);

    private readonly List<CandidateResult> results = [];
    private CandidateResult result = new() { Name = "" }; // of the server that is measured now, as far as it has come
    private int step;

    private int StepsOfEach => options.Connections.Count + StepsBesideLoads;

    /// <summary>What was measured, server by server.</summary>
    public IReadOnlyList<CandidateResult> Results => results;

    public IEnumerator<Wait> Run()
    {
        foreach (var candidate in candidates)
        {
            step = results.Count * StepsOfEach;
            result = new() { Name = candidate.Name };
            yield return TryCall(Measure(candidate));
            results.Add(result with { Failure = Woken.Failure?.Message });
        }
        progress.End();
    }

    private IEnumerator<Wait> Measure(Candidate candidate)
    {
        yield return Call(MeasureLoads(candidate));

        Begin(candidate, "idle clients");
        yield return Call(ServerUnderTest.Start(candidate)); // a new one, whose memory no load has stretched
        using var server = Woken.Result<ServerUnderTest>();
        var crowd = Math.Min(options.Connections.Max(), candidate.Capacity);
        yield return Call(new IdleCrowd(server, crowd, page).Run());
        result = result with { Idle = Woken.Result<IdleResult>() };

        Begin(candidate, "beside a slow client");
        yield return Call(new SlowClient(server.Address, page, clock).Run());
        result = result with { Slow = Woken.Result<SlowResult>() };
    }

    // Newcomers first: whoever gave up under a load, and left, still costs a child its start.
    private IEnumerator<Wait> MeasureLoads(Candidate candidate)
    {
        yield return Call(ServerUnderTest.Start(candidate));
        using var server = Woken.Result<ServerUnderTest>();
        Begin(candidate, "warming up"); // the runtime compiles what runs often once more
        yield return Call(LoadOf(server, WarmingClients, ConnectionUse.Persistent, Shortened(MaxWarming)).Run());

        Begin(candidate, "a new connection for each request");
        yield return Call(LoadOf(server, 1, ConnectionUse.OneRequest).Run());
        result = result with { Newcomer = Woken.Result<LoadResult>() };
        foreach (var clients in options.Connections)
        {
            Begin(candidate, clients == 1 ? "1 client" : $"{clients} clients");
            yield return Call(LoadOf(server, clients, ConnectionUse.Persistent).Run());
            result = result with { Loads = [.. result.Loads, Woken.Result<LoadResult>()] };
        }
    }

    private TimeSpan Shortened(TimeSpan limit) => options.Duration < limit ? options.Duration : limit;

    private Load LoadOf(ServerUnderTest server, int clients, ConnectionUse use, TimeSpan? duration = null) =>
        new(
            new LoadPlan(clients, use, page, duration ?? options.Duration),
            () => Connection.Connect(server.Address),
            () => server.Tree.Usage().ProcessorTime,
            clock
        );

    private void Begin(Candidate candidate, string name) =>
        progress.Begin(++step, candidates.Count * StepsOfEach, $"{candidate.Name}: {name}");
}
