namespace Server.Host.Http;

/// <summary>Tells the first of many like events, so that a flood of them is one line in the log.</summary>
internal sealed class Burst(TimeProvider clock)
{
    private static readonly TimeSpan Calm = TimeSpan.FromSeconds(10);

    private long? last;

    /// <summary>Takes note of an event. True if there was none for ten seconds.</summary>
    public bool Begins()
    {
        var begins = last is not { } before || clock.GetElapsedTime(before) >= Calm;
        last = clock.GetTimestamp();
        return begins;
    }
}
