using System.Runtime.InteropServices;

namespace Server.Host.Files;

/// <summary>The kernel's <c>struct statx_timestamp</c>: a time since 1970.</summary>
[StructLayout(LayoutKind.Sequential, Size = 16)]
internal readonly struct StatXTime(long seconds, uint nanoseconds)
{
    private readonly long seconds = seconds;
    private readonly uint nanoseconds = nanoseconds;

    private static readonly long LastSecond = (DateTime.MaxValue - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerSecond;
    private static readonly long FirstSecond = -DateTime.UnixEpoch.Ticks / TimeSpan.TicksPerSecond;

    /// <summary>The time in UTC and in steps of 100 ns. File systems hold times outside of the years 1 to 9999 too;
    /// those become the first or the last second of that range.</summary>
    public DateTime ToDateTime()
    {
        var clamped = Math.Clamp(seconds, FirstSecond, LastSecond);
        var ticks = clamped * TimeSpan.TicksPerSecond + nanoseconds / TimeSpan.NanosecondsPerTick;
        return DateTime.UnixEpoch.AddTicks(ticks);
    }
}
