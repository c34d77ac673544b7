using Coroutines.Sockets;
using Server.Host.Http;

namespace Server.Host.Models;

/// <summary>One client at a time, to the end of its connection: the lecture's first server. While one is silent, all the
/// others wait; only a client that was answered already gives its place to somebody who waits.</summary>
internal sealed class IterativeModel : IModel
{
    private readonly Log log;
    private readonly Gate gate;
    private readonly GraceTime grace;
    private readonly Func<IdleBreak, HttpSite> open;
    private volatile int serving; // whoever stops the server is told

    /// <param name="open">Makes the site, of which all connections are served.</param>
    /// <param name="grace">How long the answer that is under way may take when the server stops.</param>
    /// <param name="log">Is told what goes wrong.</param>
    public IterativeModel(Func<IdleBreak, HttpSite> open, TimeSpan grace, Log log)
    {
        (this.open, this.log) = (open, log);
        gate = new(log, () => serving);
        this.grace = new(grace, log, () => serving);
    }

    public bool Serve(IReadOnlyList<Listener> listeners)
    {
        gate.Open(listeners);
        var site = open(new IdleBreak(gate.Closing.Socket, [.. gate.Sockets], takes: () => true));
        while (gate.Accept() is { } connection)
        {
            serving = 1;
            BlockingConnection.Serve(connection, site, log);
            serving = 0;
        }
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
    }
}
