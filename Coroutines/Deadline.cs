using System.Diagnostics;
using System.Globalization;

namespace Coroutines;

/// <summary>A point in monotonic time until which a wait, a call or a scope may last; or none.</summary>
/// <remarks>
/// A <see cref="TimeSpan"/> may stand wherever a deadline is expected: it is a timeout then, which counts from the start of
/// the turn in which the wait, the call or the scope begins. Points in time have the resolution of the clock; deadlines are
/// watched in milliseconds, rounded up, so that none is ever reached early.
/// </remarks>
[DebuggerNonUserCode]
public readonly record struct Deadline
{
    /// <summary>The longest timeout that can be watched: 365 days.</summary>
    public static readonly TimeSpan MaxTimeout = TimeSpan.FromDays(365);

    /// <summary>How many bits <see cref="Packed"/> takes.</summary>
    internal const int PackedBits = 60;

    // Points up to the year 3651, should a clock count from the year 1; the rest of the 60 bits is for timeouts.
    private const ulong MaxPackedPoint = (1UL << PackedBits) - (1UL << 50);

    // 0: none. Positive: a point, in 100 ns ticks of the clock, plus one. Negative: a timeout of -value - 1 ticks.
    private readonly long encoded;

    private Deadline(long encoded) => this.encoded = encoded;

    /// <summary>No deadline: wait as long as it takes. The default.</summary>
    public static Deadline None => default;

    /// <summary>Whether this is a deadline at all.</summary>
    public bool IsSet => encoded != 0;

    private bool IsTimeout => encoded < 0;

    /// <summary>The point that lies <paramref name="timeout"/> after the start of the running coroutine's turn.</summary>
    /// <param name="timeout">0 to 365 days, or <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="InvalidOperationException">No coroutine is running on this thread.</exception>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public static Deadline In(TimeSpan timeout) => Coroutine.Running.Now.Plus(timeout);

    /// <summary>The point that lies <paramref name="timeout"/> after what <paramref name="clock"/> shows now.</summary>
    /// <param name="timeout">0 to 365 days, or <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <param name="clock">The clock of the scheduler that is to watch the deadline.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    public static Deadline In(TimeSpan timeout, TimeProvider clock) => Now(clock).Plus(timeout);

    /// <summary>A timeout: the deadline is set when the wait begins.</summary>
    /// <exception cref="ArgumentOutOfRangeException">
    /// <paramref name="timeout"/> is negative (<see cref="Timeout.InfiniteTimeSpan"/>, which is none, aside) or longer
    /// than <see cref="MaxTimeout"/>.
    /// </exception>
    public static implicit operator Deadline(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? None : new Deadline(-Checked(timeout) - 1);

    /// <summary>The earlier of two points; none is later than any.</summary>
    /// <exception cref="InvalidOperationException">One is a timeout: what it counts from isn't known yet.</exception>
    public static Deadline Earlier(Deadline one, Deadline other)
    {
        if (!one.IsSet)
            return other;
        return other.IsSet && other.PointTicks < one.PointTicks ? other : one;
    }

    /// <summary>This point, moved by a timeout.</summary>
    /// <param name="timeout">0 to 365 days, or <see cref="Timeout.InfiniteTimeSpan"/> for none.</param>
    /// <exception cref="ArgumentOutOfRangeException"><paramref name="timeout"/> is out of range.</exception>
    /// <exception cref="InvalidOperationException">This is a timeout or none, and no point.</exception>
    public Deadline Plus(TimeSpan timeout) =>
        timeout == Timeout.InfiniteTimeSpan ? None : FromTicks(checked(PointTicks + Checked(timeout)));

    /// <summary>How long after <paramref name="earlier"/> this point lies; negative if it lies before.</summary>
    /// <exception cref="InvalidOperationException">One of the two is a timeout or none, and no point.</exception>
    public TimeSpan Since(Deadline earlier) => TimeSpan.FromTicks(PointTicks - earlier.PointTicks);

    /// <inheritdoc/>
    public override string ToString() =>
        !IsSet ? "none"
        : IsTimeout ? $"in {Seconds(TimeoutTicks)} s"
        : $"at {Seconds(Ticks)} s";

    /// <summary>The end of a sentence on a wait; nothing if there is no deadline.</summary>
    internal string TextOf(WaitKind kind) =>
        !IsSet ? ""
        : !IsTimeout ? $" until {Seconds(Ticks)} s"
        : kind == WaitKind.Sleep ? $" for {Seconds(TimeoutTicks)} s"
        : $" for at most {Seconds(TimeoutTicks)} s";

    /// <summary>What is left of it, as a timeout.</summary>
    internal Deadline LeftAt(Deadline now) =>
        !IsSet || IsTimeout ? this : new(-Math.Max(0, Ticks - now.PointTicks) - 1);

    internal static Deadline Now(TimeProvider clock)
    {
        var timestamp = clock.GetTimestamp();
        var frequency = clock.TimestampFrequency;
        return FromTicks(
            frequency == TimeSpan.TicksPerSecond ? timestamp
            : frequency == 1_000_000_000 ? timestamp / 100
            : (long)((Int128)timestamp * TimeSpan.TicksPerSecond / frequency)
        );
    }

    internal static Deadline FromTicks(long ticks) => new(ticks + 1);

    /// <summary>The same in 60 bits; 0 is none.</summary>
    internal ulong Packed => (ulong)encoded & ((1UL << PackedBits) - 1);

    internal static Deadline Unpack(ulong packed) =>
        new((long)(packed > MaxPackedPoint ? packed | (~0UL << PackedBits) : packed));

    /// <summary>The point in 100 ns ticks. Only of a deadline that is set and no timeout.</summary>
    internal long Ticks => encoded - 1;

    private long PointTicks =>
        encoded > 0
            ? Ticks
            : throw new InvalidOperationException($"A point in time is needed here, but this deadline is '{this}'.");

    private long TimeoutTicks => -encoded - 1;

    /// <summary>The point in hundredths of a second, which begin anew after 497 days.</summary>
    internal uint Hundredths => (uint)(Ticks / (TimeSpan.TicksPerSecond / 100));

    internal Deadline StartingAt(Deadline now) => IsTimeout ? FromTicks(now.Ticks + TimeoutTicks) : this;

    private static long Checked(TimeSpan timeout)
    {
        if (timeout < TimeSpan.Zero || timeout > MaxTimeout)
            throw new ArgumentOutOfRangeException(
                nameof(timeout),
                timeout,
                $"A timeout must be 0 to {MaxTimeout.TotalDays:0} days, or Timeout.InfiniteTimeSpan."
            );
        return timeout.Ticks;
    }

    private static string Seconds(long ticks) =>
        (ticks / (double)TimeSpan.TicksPerSecond).ToString("0.###", CultureInfo.InvariantCulture);
}
