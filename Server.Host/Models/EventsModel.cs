using System.Net.Sockets;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>One thread, select, and a state machine for each client: the lecture's main loop of I/O multiplexing.</summary>
/// <param name="site">What is served.</param>
/// <param name="maxConnections">Clients above this number are answered 503. 1 or more.</param>
/// <param name="grace">How long answers that are under way may take when the server stops.</param>
/// <param name="observer">Sees what it does; null if nobody looks.</param>
internal sealed class EventsModel(HttpSite site, int maxConnections, TimeSpan grace, IEventsObserver? observer = null)
    : IModel
{
    // select takes a timeout in microseconds, in 32 bits. To wake for nothing now and then does no harm.
    private static readonly TimeSpan LongestSelect = TimeSpan.FromMinutes(30);

    private readonly Dictionary<Socket, EventConnection> clients = [];
    private readonly Dictionary<Socket, Listener> listeners = [];
    private readonly List<Socket> readable = [];
    private readonly List<Socket> writable = [];
    private readonly Bell stop = new();
    private readonly Bell? nudge = observer is null ? null : new();
    private readonly SpareDescriptors spare = new();
    private readonly Burst outOfDescriptors = new(site.Clock);
    private readonly Burst acceptFailures = new(site.Clock);
    private readonly Burst tooManyConnections = new(site.Clock);
    private Deadline acceptAgain;
    private Deadline end;

    private bool IsFull => site.Places.Value >= maxConnections && site.Refusals.Value >= HttpServer.MaxRefusals;

    private Deadline Now => Deadline.In(TimeSpan.Zero, site.Clock);

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        spare.RanShort += site.Responder.LetHandlesGo;
        foreach (var listener in listeners)
            this.listeners.Add(listener.Slot.Socket!, listener);
        while (!site.IsDraining || clients.Count > 0)
        {
            BuildSets(Now);
            observer?.Selecting(readable, writable, TimeToNextDeadline(Now));
            Socket.Select(readable, writable, null, TimeToNextDeadline(Now));
            observer?.Selected(readable, writable);
            if (!UpdateClients(Now))
                break;
        }
        if (clients.Count > 0)
            site.Log.Abandoned(clients.Count);
        return true;
    }

    public void Stop() => stop.Ring();

    /// <summary>The clients. Belongs to the loop.</summary>
    public IEnumerable<EventConnection> Connections => clients.Values.Where(client => !client.IsClosed);

    /// <summary>Has the loop go round once, and tell its observer so. May be called on any thread.</summary>
    public void Nudge() => nudge?.Ring();

    public void Dispose()
    {
        foreach (var client in clients.Values)
            client.Dispose();
        CloseListeners();
        stop.Dispose();
        nudge?.Dispose();
    }

    // select modifies the sets that it is given, so they are built anew for each call.
    private void BuildSets(Deadline now)
    {
        readable.Clear();
        writable.Clear();
        readable.Add(stop.Socket);
        if (nudge is not null)
            readable.Add(nudge.Socket);
        if (!IsFull && HasPassed(acceptAgain, now))
            readable.AddRange(listeners.Keys);
        foreach (var (socket, client) in clients)
        {
            if (client.WantsRead)
                readable.Add(socket);
            if (client.WantsWrite)
                writable.Add(socket);
        }
    }

    /// <summary>False once the time is over that answers under way have.</summary>
    private bool UpdateClients(Deadline now)
    {
        foreach (var socket in readable)
        {
            if (clients.TryGetValue(socket, out var client))
                Step(client, "readable", static (client, now) => client.OnReadable(now), now);
            else if (listeners.TryGetValue(socket, out var listener))
                AcceptClients(listener, now);
            else if (socket == stop.Socket)
                Drain(now);
            else if (nudge?.TryTake() == true)
                observer!.Nudged();
        }
        foreach (var socket in writable)
            Step(clients[socket], "writable", static (client, now) => client.OnWritable(now), now);
        foreach (var (socket, client) in clients)
        {
            if (!client.IsClosed && HasPassed(client.Deadline, now))
                Step(client, "overdue", static (client, now) => client.OnDeadline(now), now);
            if (client.IsBroken)
                client.Dispose();
            if (client.IsClosed)
                clients.Remove(socket);
        }
        return !end.IsSet || !HasPassed(end, now);
    }

    private void Step(EventConnection client, string what, Action<EventConnection, Deadline> step, Deadline now)
    {
        observer?.Handling(client.Descriptor, what);
        try
        {
            step(client, now);
        }
        catch (Exception failure)
        {
            // A bug of ours: this client is let go, and the others are served.
            site.Log.ConnectionFailed(failure);
            client.Dispose();
        }
    }

    private void AcceptClients(Listener listener, Deadline now)
    {
        try
        {
            var result = AcceptResult.Accepted;
            for (var count = 0; count < HttpServer.MaxAcceptsPerWakeup && IsAccepting(result) && !IsFull; count++)
                result = AcceptOne(listener, now);
            if (result == AcceptResult.OutOfDescriptors)
                RunShort(now);
        }
        catch (IOException failure)
        {
            // Nothing that a client does. The next one may fare better.
            acceptAgain = now.Plus(HttpServer.PauseWhenFull);
            if (acceptFailures.Begins())
                site.Log.AcceptFailed(failure);
        }
    }

    private static bool IsAccepting(AcceptResult result) => result is AcceptResult.Accepted or AcceptResult.Aborted;

    private AcceptResult AcceptOne(Listener listener, Deadline now)
    {
        var result = spare.Accept(listener, out var connection);
        if (connection is not null)
            Welcome(connection, now);
        return result;
    }

    private void Welcome(Connection connection, Deadline now)
    {
        var client = new EventConnection(connection, site);
        clients.Add(client.Socket, client);
        if (!client.IsOneTooMany && client.TryTake(site.Places, maxConnections))
            Step(client, "accepted", static (client, now) => client.Start(now), now);
        else
            Refuse(client, connection, now);
    }

    private void Refuse(EventConnection client, Connection connection, Deadline now)
    {
        site.Counts.CountRefused();
        if (client.IsOneTooMany)
            site.Addresses!.Tell(connection.RemoteEndPoint, site.Log);
        else if (tooManyConnections.Begins())
            site.Log.TooManyConnections(maxConnections);
        if (client.TryTake(site.Refusals, HttpServer.MaxRefusals))
            Step(
                client,
                "accepted",
                static (client, now) => client.StartRefusing(HttpServer.TooManyConnections, now),
                now
            );
        else
            client.Dispose();
    }

    // Who is left keeps the listener readable: to select on it would spin.
    private void RunShort(Deadline now)
    {
        acceptAgain = now.Plus(HttpServer.PauseWhenFull);
        if (outOfDescriptors.Begins())
            site.Log.OutOfDescriptors(clients.Count);
    }

    private void Drain(Deadline now)
    {
        stop.TryTake();
        site.IsDraining = true;
        end = now.Plus(grace);
        CloseListeners();
        foreach (var client in clients.Values.Where(client => client.IsIdle))
            client.Dispose();
        site.Log.Draining(clients.Values.Count(client => !client.IsClosed));
    }

    private void CloseListeners()
    {
        foreach (var listener in listeners.Values)
            listener.Dispose();
        listeners.Clear();
    }

    private TimeSpan TimeToNextDeadline(Deadline now)
    {
        var next = Deadline.Earlier(end, HasPassed(acceptAgain, now) ? Deadline.None : acceptAgain);
        foreach (var client in clients.Values)
            next = Deadline.Earlier(next, client.Deadline);
        if (!next.IsSet)
            return Timeout.InfiniteTimeSpan;
        // select cuts a timeout down to milliseconds: without one more, the loop would spin through the last.
        var time = HasPassed(next, now) ? TimeSpan.Zero : next.Since(now) + TimeSpan.FromMilliseconds(1);
        return time < LongestSelect ? time : LongestSelect;
    }

    private static bool HasPassed(Deadline deadline, Deadline now) =>
        !deadline.IsSet || deadline.Since(now) <= TimeSpan.Zero;
}
