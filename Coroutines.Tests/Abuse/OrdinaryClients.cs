using System.Diagnostics;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Abuse;

/// <summary>A few clients that ask for a page again and again over persistent connections, and check every byte.</summary>
internal sealed class OrdinaryClients(ServerProcess server, byte[] page)
{
    private const int Clients = 4;

    private long answers;
    private long longest;

    /// <summary>How many answers they had.</summary>
    public long Answers => answers;

    /// <summary>How long the slowest answer took.</summary>
    public TimeSpan Longest => Stopwatch.GetElapsedTime(0, longest);

    /// <summary>They ask for a while. Throws if one answer was not the page.</summary>
    public void Ask(TimeSpan duration)
    {
        var begun = Stopwatch.GetTimestamp();
        Parallel.For(0, Clients, new() { MaxDegreeOfParallelism = Clients }, _ => Ask(begun, duration));
    }

    private void Ask(long begun, TimeSpan duration)
    {
        using var client = server.Connect();
        do AskOnce(client);
        while (Stopwatch.GetElapsedTime(begun) < duration);
    }

    private void AskOnce(WireClient client)
    {
        var asked = Stopwatch.GetTimestamp();
        client.Get("/page.bin");
        client.ReceiveAnswer().Content.ShouldBeBytes(page);
        var took = Stopwatch.GetTimestamp() - asked;
        Interlocked.Increment(ref answers);
        for (var seen = longest; took > seen; )
            seen = Interlocked.CompareExchange(ref longest, took, seen);
    }
}
