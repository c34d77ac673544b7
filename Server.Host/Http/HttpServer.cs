using Coroutines;
using Coroutines.Sockets;
using static Coroutines.Wait;

namespace Server.Host.Http;

/// <summary>Accepts clients and serves each by a coroutine of its own.</summary>
/// <remarks>The accept loops and the connections live in two scopes of one coroutine, <see cref="Serve"/>: to stop is to
/// cancel the one, to wait for the other, and to cancel what is left of it.</remarks>
internal sealed class HttpServer
{
    /// <summary>How many clients one wake-up accepts before the others get their turn.</summary>
    public const int MaxAcceptsPerWakeup = 64;

    /// <summary>Clients above a limit are told so, up to this many at a time. More wait in the backlog while there is no place;
    /// else those of an address that has too many are let go without a word.</summary>
    public const int MaxRefusals = 64;

    /// <summary>How long accepting pauses when nobody more can be taken in.</summary>
    public static readonly TimeSpan PauseWhenFull = TimeSpan.FromMilliseconds(100);

    /// <summary>What clients above a limit are told.</summary>
    public static readonly Refusal TooManyConnections = new(503, "There are too many connections.");

    private readonly HttpSite site;
    private readonly int maxConnections;
    private readonly TimeSpan grace;
    private readonly Burst outOfDescriptors;
    private readonly Burst tooManyConnections;
    private readonly Burst acceptFailures;
    private Scope? accepting;

    /// <param name="site">What is served.</param>
    /// <param name="maxConnections">How many <see cref="HttpSite.Places"/> there are: clients above are answered 503. 1 or
    /// more.</param>
    /// <param name="grace">How long answers that are under way may take when the server stops.</param>
    public HttpServer(HttpSite site, int maxConnections, TimeSpan grace)
    {
        this.site = site;
        this.maxConnections = maxConnections;
        this.grace = grace;
        outOfDescriptors = new(site.Clock);
        tooManyConnections = new(site.Clock);
        acceptFailures = new(site.Clock);
    }

    /// <summary>What is kept back from clients; may be shared with others.</summary>
    public SpareDescriptors Spare { get; init; } = new();

    /// <summary>Whether it was told to stop.</summary>
    public bool IsDraining => site.IsDraining;

    // Two who share the limits may each let one in for the last place: then there is one refusal more.
    private bool IsFull => site.Places.Value >= maxConnections && site.Refusals.Value >= MaxRefusals;

    /// <summary>The coroutine. It owns the listeners, and ends when the server was stopped and its connections have ended.
    /// </summary>
    public IEnumerator<Wait> Serve(IReadOnlyList<Listener> listeners)
    {
        using var serving = Scope.Open();
        using (accepting = Scope.Open())
        {
            if (site.IsDraining)
                accepting.Cancel(); // it was stopped before it had begun
            foreach (var listener in listeners)
                accepting.Spawn(Accept(listener, serving), $"accept {listener.LocalEndPoint}");
            yield return accepting.Join();
        }
        yield return serving.Join(grace);
        if (!serving.IsEmpty)
            site.Log.Abandoned(site.Connections.Count);
    }

    /// <summary>Stops accepting, closes idle connections and lets the others finish what is under way. Called on the
    /// scheduler's thread.</summary>
    public void Drain()
    {
        if (site.IsDraining)
            return;
        site.IsDraining = true;
        accepting?.Cancel();
        foreach (var connection in site.Connections.ToArray())
            connection.CancelIfIdle();
        site.Log.Draining(site.Connections.Count);
    }

    private IEnumerator<Wait> Accept(Listener listener, Scope serving)
    {
        using var owned = listener;
        try
        {
            while (true)
            {
                yield return WantRead(listener);
                if (Woken.Closed)
                    yield break;
                // Who is left keeps the listener readable: to wait for it would spin. Meanwhile connections close.
                if (!AcceptBatch(listener, serving))
                    yield return Sleep(PauseWhenFull);
            }
        }
        finally
        {
            // One that fails takes the others along: half a server would seem to be alive.
            if (!accepting!.IsCancelled)
                accepting.Cancel();
        }
    }

    /// <summary>Accepts who waits. False if somebody is left who can't be accepted now.</summary>
    private bool AcceptBatch(Listener listener, Scope serving)
    {
        try
        {
            var result = AcceptResult.Accepted;
            for (var count = 0; count < MaxAcceptsPerWakeup && IsAccepting(result) && !IsFull; count++)
                result = AcceptOne(listener, serving);
            if (result == AcceptResult.OutOfDescriptors)
                RunShort();
            return result != AcceptResult.OutOfDescriptors && !IsFull;
        }
        catch (IOException failure)
        {
            // Nothing that a client does. The next one may fare better.
            if (acceptFailures.Begins())
                site.Log.AcceptFailed(failure);
            return false;
        }
    }

    private static bool IsAccepting(AcceptResult result) => result is AcceptResult.Accepted or AcceptResult.Aborted;

    private AcceptResult AcceptOne(Listener listener, Scope serving)
    {
        var result = Spare.Accept(listener, out var connection);
        if (connection is not null)
            Welcome(connection, serving);
        return result;
    }

    /// <summary>Nobody more is accepted until enough connections have closed; those who are in are served.</summary>
    private void RunShort()
    {
        if (outOfDescriptors.Begins())
            site.Log.OutOfDescriptors(site.Connections.Count);
    }

    private void Welcome(Connection connection, Scope serving)
    {
        var client = new HttpConnection(connection, site);
        if (!client.IsOneTooMany && client.TryTake(site.Places, maxConnections))
            client.Start(serving);
        else
            Refuse(client, connection, serving);
    }

    private void Refuse(HttpConnection client, Connection connection, Scope serving)
    {
        site.Counts.CountRefused();
        if (client.IsOneTooMany)
            site.Addresses!.Tell(connection.RemoteEndPoint, site.Log);
        else if (tooManyConnections.Begins())
            TellTooMany();
        if (client.TryTake(site.Refusals, client.IsOneTooMany ? MaxRefusals : int.MaxValue))
            client.StartRefusing(serving, TooManyConnections);
        else
            client.Dispose();
    }

    private void TellTooMany()
    {
        if (site.Name is { } name)
            site.Log.TooManyConnectionsTo(name, maxConnections);
        else
            site.Log.TooManyConnections(maxConnections);
    }
}
