using Coroutines.Sockets;
using Server.Host.Comparing;
using static Coroutines.Wait;

namespace Coroutines.Benchmarks.ColdDisk;

/// <summary>Clients that ask a server for a page in memory, and others beside them that ask for one on the disk.</summary>
/// <param name="server">Whom they ask.</param>
/// <param name="hot">The page in memory.</param>
/// <param name="cold">The one on the disk.</param>
internal sealed class Beside(SlowServer server, Page hot, Page cold)
{
    private const int Clients = 16;

    private static readonly TimeSpan Duration = TimeSpan.FromSeconds(1);

    private LoadResult? result;

    /// <summary>What the clients see who ask for the page in memory.</summary>
    /// <param name="others">How many ask for the other one.</param>
    /// <exception cref="InvalidOperationException">An answer was wrong, or there was none.</exception>
    public Latencies Measure(int others)
    {
        using var scheduler = new Scheduler();
        scheduler.Spawn(Ask(others), "clients");
        scheduler.Run();
        return result is { Wrong: 0, Refused: 0, Answered: > 0 }
            ? result.Latencies
            : throw new InvalidOperationException($"Not measured: {result}");
    }

    private IEnumerator<Wait> Ask(int others)
    {
        using var scope = Scope.Open();
        if (others > 0)
            scope.Spawn(LoadOf(others, cold).Run(), "others");
        yield return Call(LoadOf(Clients, hot).Run());
        result = Woken.Result<LoadResult>();
    }

    private Load LoadOf(int clients, Page page) =>
        new(
            new(clients, ConnectionUse.Persistent, page, Duration),
            () => Connection.Connect(server.Address),
            () => TimeSpan.Zero, // processor time isn't what counts here
            TimeProvider.System
        );
}
