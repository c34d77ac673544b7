namespace Server.Host.Admin;

/// <summary>Whether a load balancer should send clients here. Any thread may ask.</summary>
internal sealed class Readiness
{
    private const string Starting = "starting";
    private const string Ready = "ready";
    private const string Draining = "draining";

    private string state = Starting;

    public bool IsReady => State == Ready;

    /// <summary>Why, in a word.</summary>
    public string State => Volatile.Read(ref state);

    /// <summary>Clients are accepted from now on, unless the server was told to stop already.</summary>
    public void Begin() => Interlocked.CompareExchange(ref state, Ready, Starting);

    /// <summary>The server is about to stop.</summary>
    public void End() => Volatile.Write(ref state, Draining);
}
