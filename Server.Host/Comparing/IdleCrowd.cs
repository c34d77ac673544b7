using System.Runtime.Versioning;
using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Comparing;

/// <summary>Clients that are answered once, and then stay connected.</summary>
/// <param name="server">Who is to hold them: one that has just been started, or it would reuse what it has.</param>
/// <param name="clients">How many come.</param>
/// <param name="page">What they ask for.</param>
[SupportedOSPlatform("linux")]
internal sealed class IdleCrowd(ServerUnderTest server, int clients, Page page)
{
    private static readonly TimeSpan Settling = TimeSpan.FromMilliseconds(300);
    private static readonly TimeSpan MaxArrival = TimeSpan.FromSeconds(20);

    private readonly byte[] request = page.RequestOf(ConnectionUse.Persistent);
    private int arrived;
    private int held;

    /// <summary>The crowd comes and goes; returns an <see cref="IdleResult"/>.</summary>
    public IEnumerator<Wait> Run()
    {
        yield return Call(ComeAndGo()); // the first client makes the server load its code
        yield return Sleep(Settling);
        var before = server.Tree.MemoryBytes();
        using var scope = Scope.Open();
        for (var i = 0; i < clients; i++)
            scope.Spawn(Stay(), "idle client");
        yield return Call(UntilAllHaveArrived(), MaxArrival);
        yield return Sleep(Settling);
        var usage = server.Tree.Usage();
        var taken = server.Tree.MemoryBytes() - before;
        yield return Return(new IdleResult(held, taken, usage.Processes, usage.Threads));
    }

    private IEnumerator<Wait> ComeAndGo()
    {
        yield return Call(Connection.Connect(server.Address));
        using var connection = Woken.Result<Connection>();
        yield return Call(BeAnswered(connection));
        (arrived, held) = (0, 0);
    }

    private IEnumerator<Wait> Stay()
    {
        yield return Call(Connection.Connect(server.Address));
        using var connection = Woken.Result<Connection>();
        yield return Call(BeAnswered(connection));
        yield return WantRead(connection); // nothing more is asked for: this is the end
        held--;
    }

    private IEnumerator<Wait> BeAnswered(Connection connection)
    {
        var check = new AnswerCheck(page.Content);
        yield return Call(connection.SendAll(request));
        var verdict = Verdict.Incomplete;
        while (verdict == Verdict.Incomplete)
        {
            yield return WantRead(connection);
            verdict = connection.Receive(check.Room, out var received) switch
            {
                ReceiveResult.Data => check.Add(received),
                ReceiveResult.WouldBlock => Verdict.Incomplete,
                _ => Verdict.Refused,
            };
        }
        arrived++;
        held++;
    }

    private IEnumerator<Wait> UntilAllHaveArrived()
    {
        while (arrived < clients)
            yield return Sleep(TimeSpan.FromMilliseconds(10));
    }
}
