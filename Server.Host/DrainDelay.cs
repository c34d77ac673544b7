using Server.Host.Admin;

namespace Server.Host;

/// <summary>What a signal to stop begins: the server isn't ready from then on, and stops when load balancers have had the
/// time to notice.</summary>
/// <param name="delay">For how long clients are accepted nevertheless; 0 for no time at all.</param>
/// <param name="readiness">What load balancers ask.</param>
/// <param name="stop">Stops the server. May be called on any thread.</param>
/// <param name="log">Is told.</param>
internal sealed class DrainDelay(TimeSpan delay, Readiness readiness, Action stop, Log log) : IDisposable
{
    private Timer? timer;

    /// <summary>Begins; called but once.</summary>
    public void Start()
    {
        readiness.End();
        if (delay == TimeSpan.Zero)
        {
            stop();
            return;
        }
        log.StopsIn(delay);
        timer = new Timer(_ => stop(), state: null, delay, Timeout.InfiniteTimeSpan);
    }

    public void Dispose() => timer?.Dispose();
}
