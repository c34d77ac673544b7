using System.Numerics;

namespace Server.Host.Comparing;

/// <summary>Many latencies in little memory, for percentiles.</summary>
/// <remarks>A histogram whose buckets grow with the value, so that each is known to 1.6 % (as HdrHistogram does it): each
/// power of two has 64 buckets. Values are in the clock's units of 100 ns.</remarks>
internal sealed class Latencies
{
    private const int BucketBits = 6;
    private const int Buckets = 1 << BucketBits;

    private readonly long[] counts = new long[(65 - BucketBits) * Buckets];

    /// <summary>How many there are.</summary>
    public long Count { get; private set; }

    /// <summary>The longest, exactly; zero if there is none.</summary>
    public TimeSpan Longest { get; private set; }

    public void Add(TimeSpan latency)
    {
        counts[BucketOf(latency.Ticks)]++;
        Count++;
        if (latency > Longest)
            Longest = latency;
    }

    /// <summary>The least latency that so many percent don't exceed (the nearest rank); zero if there is none.</summary>
    /// <param name="percent">More than 0, at most 100.</param>
    public TimeSpan Percentile(double percent)
    {
        var rank = (long)Math.Ceiling(percent / 100 * Count);
        var bucket = 0;
        for (var seen = counts[0]; seen < rank; seen += counts[bucket])
            bucket++;
        return Count == 0 ? TimeSpan.Zero : TimeSpan.FromTicks(Math.Min(LargestIn(bucket), Longest.Ticks));
    }

    private static int BucketOf(long ticks)
    {
        var shift = ShiftOf(ticks);
        return (shift * Buckets) + (int)(ticks >> shift);
    }

    private static int ShiftOf(long ticks) => Math.Max(0, BitOperations.Log2((ulong)ticks) - BucketBits);

    private static long LargestIn(int bucket)
    {
        var shift = Math.Max(0, (bucket / Buckets) - 1);
        return ((long)(bucket - (shift * Buckets) + 1) << shift) - 1;
    }
}
