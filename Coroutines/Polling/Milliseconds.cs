namespace Coroutines.Polling;

/// <summary>The unit of the kernel's timeouts and of the timer queue.</summary>
internal static class Milliseconds
{
    /// <summary>The longest that a call which takes microseconds in 32 bits can wait: 35 minutes. Whoever waits for longer
    /// calls again.</summary>
    public const int Longest = int.MaxValue / 1_000;

    /// <summary>The least whole number of milliseconds that isn't shorter than <paramref name="timeout"/>.</summary>
    public static int RoundUp(TimeSpan timeout) => (int)Math.Min(RoundUp(timeout.Ticks), int.MaxValue);

    /// <summary>The first millisecond that isn't before a point given in 100 ns ticks.</summary>
    public static long RoundUp(long ticks)
    {
        var (whole, rest) = Math.DivRem(ticks, TimeSpan.TicksPerMillisecond);
        return rest > 0 ? whole + 1 : whole;
    }

    /// <summary>The last millisecond that isn't after a point given in 100 ns ticks.</summary>
    public static long RoundDown(long ticks) => ticks / TimeSpan.TicksPerMillisecond;
}
