namespace Coroutines.Tests.Server.Files;

/// <summary>A clock that stands still until it is moved.</summary>
internal sealed class FixedClock(DateTimeOffset start) : TimeProvider
{
    private TimeSpan elapsed;

    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    public void Advance(TimeSpan time) => elapsed += time;

    public override long GetTimestamp() => elapsed.Ticks;

    public override DateTimeOffset GetUtcNow() => start + elapsed;
}
