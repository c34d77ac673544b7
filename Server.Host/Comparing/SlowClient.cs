using System.Net;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Comparing;

/// <summary>One client sends its request byte by byte; another one, which comes after it, wants to be served meanwhile.
/// </summary>
/// <param name="server">Who is to serve them.</param>
/// <param name="page">What they ask for.</param>
/// <param name="clock">Measures; the scheduler's own.</param>
internal sealed class SlowClient(IPEndPoint server, Page page, TimeProvider clock)
{
    /// <summary>How long the slow one sends its request, before it gives up. The server would wait for ten seconds.</summary>
    public static readonly TimeSpan Slowness = TimeSpan.FromSeconds(1);

    private static readonly TimeSpan HeadStart = TimeSpan.FromMilliseconds(50);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    private readonly LoadTally tally = new(clock);

    /// <summary>Both of them, to their ends; returns a <see cref="SlowResult"/>.</summary>
    public IEnumerator<Wait> Run()
    {
        using var scope = Scope.Open();
        var slow = scope.Spawn(AskSlowly(), "slow client");
        yield return Sleep(HeadStart);
        var client = new LoadClient(() => Connection.Connect(server), page, ConnectionUse.OneRequest, tally);
        scope.Spawn(client.Run(), "fast client");
        yield return Join(slow);
        tally.Stop();
        yield return scope.Join(Patience);
        yield return Return(new SlowResult(tally.Latencies.Percentile(50), tally.Latencies.Longest));
    }

    private IEnumerator<Wait> AskSlowly()
    {
        var request = page.RequestOf(ConnectionUse.OneRequest);
        yield return Call(Connection.Connect(server));
        using var connection = Woken.Result<Connection>();
        for (var sent = 0; sent < request.Length - 1; sent++) // never the last one
        {
            yield return Call(connection.SendAll(request.AsMemory(sent, 1)));
            yield return Sleep(Slowness / request.Length);
        }
    }
}
