namespace Coroutines.Testing;

/// <summary>A clock that moves only when it is told to: a ten-minute timeout passes in a millisecond, exactly.</summary>
/// <remarks>Timers of <see cref="CreateTimer"/> fire within <see cref="Advance"/>, on the caller's thread.</remarks>
public sealed class ManualClock : TimeProvider
{
    private readonly List<ManualTimer> timers = [];
    private DateTimeOffset now;

    /// <summary>A clock that shows midnight of 1 January 2026, UTC.</summary>
    public ManualClock()
        : this(new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero)) { }

    /// <summary>A clock that shows <paramref name="start"/>.</summary>
    /// <param name="start">Any time; <see cref="GetTimestamp"/> counts its ticks of 100 ns.</param>
    public ManualClock(DateTimeOffset start) => now = start;

    /// <inheritdoc/>
    public override long TimestampFrequency => TimeSpan.TicksPerSecond;

    /// <inheritdoc/>
    public override DateTimeOffset GetUtcNow() => now;

    /// <inheritdoc/>
    public override long GetTimestamp() => now.UtcTicks;

    /// <summary>Moves the clock, and has each timer that comes due on the way fire at its own time, earliest first.</summary>
    /// <param name="time">Zero or more. With zero, timers fire that are due now.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="time"/> is negative.</exception>
    public void Advance(TimeSpan time)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(time, TimeSpan.Zero);
        var target = now + time;
        while (timers.Where(timer => timer.Due <= target).MinBy(timer => timer.Due) is { } timer)
        {
            now = timer.Due > now ? timer.Due : now;
            timer.Fire();
        }
        now = target;
    }

    /// <inheritdoc/>
    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = new ManualTimer(this, callback, state);
        timers.Add(timer);
        timer.Change(dueTime, period);
        return timer;
    }

    private sealed class ManualTimer(ManualClock clock, TimerCallback callback, object? state) : ITimer
    {
        private TimeSpan period;

        public DateTimeOffset Due { get; private set; } = DateTimeOffset.MaxValue;

        public void Fire()
        {
            var repeats = period > TimeSpan.Zero;
            Due = repeats ? Due + period : DateTimeOffset.MaxValue;
            callback(state);
        }

        public bool Change(TimeSpan dueTime, TimeSpan period)
        {
            this.period = period;
            Due = dueTime == Timeout.InfiniteTimeSpan ? DateTimeOffset.MaxValue : clock.now + dueTime;
            return clock.timers.Contains(this);
        }

        public void Dispose() => clock.timers.Remove(this);

        public ValueTask DisposeAsync()
        {
            Dispose();
            return ValueTask.CompletedTask;
        }
    }
}
