using System.Collections.Concurrent;
using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>A thread for each client, at most so many at a time. The kernel decides which of them runs.</summary>
/// <remarks>The threads share the places, the bells and the log, each of which is made for that; what else they need, a
/// site with its cache of files, each has for itself.</remarks>
internal sealed class ThreadsModel : IModel
{
    // What serving a client takes of a stack, with room to spare. The system's 8 MiB would only be address space.
    private const int StackBytes = 256 * 1024;

    /// <summary>What the threads are called.</summary>
    public const string ThreadName = "client";

    private readonly Func<IdleBreak, HttpSite> open;
    private readonly Log log;
    private readonly int maxThreads;
    private readonly SemaphoreSlim places;
    private readonly Gate gate;
    private readonly GraceTime grace;
    private readonly Bell wanted = new();
    private readonly IdleBreak idleBreak;
    private readonly ConcurrentStack<HttpSite> sites = new();

    /// <param name="open">Makes a site. It is used by one thread at a time.</param>
    /// <param name="maxThreads">How many clients are served at a time; more wait to be accepted.</param>
    /// <param name="grace">How long answers that are under way may take when the server stops.</param>
    /// <param name="log">Is told what goes wrong.</param>
    public ThreadsModel(Func<IdleBreak, HttpSite> open, int maxThreads, TimeSpan grace, Log log)
    {
        (this.open, this.maxThreads, this.log) = (open, maxThreads, log);
        places = new(maxThreads);
        gate = new(log, CountClients);
        this.grace = new(grace, log, CountClients);
        idleBreak = new(gate.Closing.Socket, [wanted.Socket], wanted.TryTake);
    }

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        gate.Open(listeners);
        while (WaitForPlace())
        {
            if (gate.Accept() is not { } connection)
            {
                places.Release();
                break;
            }
            StartThread(connection);
        }
        for (var freed = 0; freed < maxThreads; freed++)
            places.Wait();
        return true;
    }

    public void Stop()
    {
        grace.Start();
        gate.Close();
    }

    public void Dispose()
    {
        grace.Dispose();
        gate.Dispose();
        wanted.Dispose();
        places.Dispose();
    }

    /// <summary>Takes a place; false if the gate is closed. Where all are taken and somebody waits, a client that idles
    /// between two requests is asked for its own.</summary>
    private bool WaitForPlace()
    {
        if (places.Wait(TimeSpan.Zero))
            return true;
        if (!gate.WaitForClient())
            return false;
        wanted.Ring();
        places.Wait();
        wanted.TryTake(); // the place may have come from a client that had gone by itself
        return true;
    }

    private void StartThread(Connection connection)
    {
        if (TryStartThread(connection))
            return;
        gate.RunShort();
        if (TryStartThread(connection))
            return;
        // The system has no thread left. This client is let go; the next one may fare better.
        connection.Dispose();
        places.Release();
    }

    private bool TryStartThread(Connection connection)
    {
        try
        {
            new Thread(() => ServeClient(connection), StackBytes) { IsBackground = true, Name = ThreadName }.Start();
            return true;
        }
        catch (OutOfMemoryException)
        {
            return false; // a thread takes two descriptors for a moment
        }
    }

    private void ServeClient(Connection connection)
    {
        using (connection)
        {
            if (FindSite() is { } site)
            {
                BlockingConnection.Serve(connection, site, log);
                sites.Push(site);
            }
        }
        places.Release();
    }

    private HttpSite? FindSite()
    {
        try
        {
            return sites.TryPop(out var free) ? free : open(idleBreak);
        }
        catch (IOException failure)
        {
            log.ConnectionFailed(failure); // no descriptor is left, most likely
            return null;
        }
    }

    private int CountClients() => maxThreads - places.CurrentCount;
}
