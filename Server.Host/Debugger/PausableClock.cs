namespace Server.Host.Debugger;

/// <summary>A monotonic clock that can stand still: while a server is paused, no time passes for it, or every timeout would
/// be over when it goes on. The time of day goes on.</summary>
internal sealed class PausableClock(TimeProvider inner) : TimeProvider
{
    private readonly Lock gate = new();
    private long lost;
    private long? stoppedAt;

    public override long TimestampFrequency => inner.TimestampFrequency;

    public override DateTimeOffset GetUtcNow() => inner.GetUtcNow();

    public override long GetTimestamp()
    {
        lock (gate)
            return (stoppedAt ?? inner.GetTimestamp()) - lost;
    }

    /// <summary>Stands still from now on. Stopping again does nothing.</summary>
    public void Stop()
    {
        lock (gate)
            stoppedAt ??= inner.GetTimestamp();
    }

    /// <summary>Goes on from where it stood. Starting again does nothing.</summary>
    public void Start()
    {
        lock (gate)
        {
            if (stoppedAt is not { } stopped)
                return;
            lost += inner.GetTimestamp() - stopped;
            stoppedAt = null;
        }
    }
}
