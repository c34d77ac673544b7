// A thread and a scheduler of its own, as the debugger's page has: whoever asks whether the server is alive wants an answer
// above all when its loop is kept, and whoever drains it wants one until the last client has gone.
using System.Net;
using System.Net.Sockets;
using Coroutines;
using Coroutines.Sockets;
using Server.Host.Debugger.Web;
using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>Serves the admin port, on 127.0.0.1 alone.</summary>
internal sealed class AdminServer : IDisposable
{
    private const int MaxConnections = 64;

    private readonly Scheduler scheduler;
    private readonly Thread thread;
    private readonly MetricsPage? metrics;

    /// <param name="listener">Where it is asked; owned.</param>
    /// <param name="subject">Who is asked about.</param>
    /// <param name="readiness">Whether clients should be sent there.</param>
    /// <param name="log">Is told what goes wrong.</param>
    /// <param name="clock">By default the system's.</param>
    public AdminServer(
        Listener listener,
        AdminSubject subject,
        Readiness readiness,
        Log log,
        TimeProvider? clock = null
    )
    {
        clock ??= TimeProvider.System;
        Port = ((IPEndPoint)listener.LocalEndPoint).Port;
        scheduler = new Scheduler(clock: clock);
        scheduler.Failed += log.CoroutineFailed;
        metrics = subject.Counts.Count == 0 ? null : new(subject.IsMeasuredBy);
        var pulses = subject.Loops.Select(loop => new Pulse(loop, clock)).ToList();
        var responder = new AdminResponder(new RequestGuard(Port), readiness, subject.Model, pulses, metrics);
        var site = new HttpSite(responder, new(), new(), log, new NoAccessLog(), clock) { Name = "the admin port" };
        var server = new HttpServer(site, MaxConnections, grace: TimeSpan.FromSeconds(1));
        scheduler.Spawn(server.Serve([listener]), "admin");
        foreach (var pulse in pulses)
            scheduler.Spawn(pulse.Run(), "pulse");
        thread = new Thread(scheduler.Run) { IsBackground = true, Name = "admin" };
        thread.Start();
    }

    public int Port { get; }

    /// <exception cref="StartException">The port can't be had.</exception>
    public static Listener Listen(int port)
    {
        try
        {
            return Listener.Listen(new IPEndPoint(IPAddress.Loopback, port));
        }
        catch (SocketException refused)
        {
            throw new StartException($"--admin-port: {Listening.Explain(refused, port)}");
        }
    }

    public void Dispose()
    {
        scheduler.Stop();
        thread.Join();
        scheduler.Dispose();
        metrics?.Dispose();
    }
}
