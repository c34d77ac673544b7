namespace Server.Host.Models;

/// <summary>How long a server that blocks may go on after it was told to stop. Nothing can be done to a thread that blocks,
/// so that the process ends then.</summary>
internal sealed class GraceTime(TimeSpan time, Log log, Func<int> connections) : IDisposable
{
    private readonly Lock starting = new();
    private Timer? timer;

    /// <summary>Begins to count; counting has begun but once.</summary>
    public void Start()
    {
        lock (starting)
        {
            if (timer is not null)
                return;
            log.Draining(connections());
            timer = new Timer(_ => End(), state: null, time, Timeout.InfiniteTimeSpan);
        }
    }

    public void Dispose()
    {
        lock (starting)
            timer?.Dispose();
    }

    private void End()
    {
        log.Abandoned(connections());
        Environment.Exit(ExitCode.Succeeded);
    }
}
