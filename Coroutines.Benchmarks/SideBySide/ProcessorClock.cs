using System.Runtime.InteropServices;
using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>The processor time of a process, those of its threads included that have ended.</summary>
/// <remarks>In nanoseconds, where <c>/proc</c> counts ticks of 10 ms. clock_getcpuclockid(3): the clock of a process is its
/// number's complement, shifted, with the kind of clock below it.</remarks>
[SupportedOSPlatform("linux")]
internal static partial class ProcessorClock
{
    private const int Scheduled = 2; // CPUCLOCK_SCHED

    /// <summary>What a process has computed so far; nothing if it has ended.</summary>
    public static TimeSpan TimeOf(int process) =>
        clock_gettime((~process << 3) | Scheduled, out var time) == 0
            ? TimeSpan.FromSeconds(time.Seconds) + TimeSpan.FromMicroseconds(time.Nanoseconds / 1_000.0)
            : TimeSpan.Zero;

    [LibraryImport("libc")]
    private static partial int clock_gettime(int clock, out TimeSpec time);

    private struct TimeSpec
    {
        public nint Seconds;
        public nint Nanoseconds;
    }
}
