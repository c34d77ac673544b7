using System.Globalization;

namespace Server.Host.Comparing;

/// <summary>What the kernel tells of a process.</summary>
/// <param name="Parent">The process that started it.</param>
/// <param name="Threads">How many it has.</param>
/// <param name="ProcessorTime">What it has computed, and its children that have ended and were reaped.</param>
internal readonly record struct ProcessStatus(int Parent, int Threads, TimeSpan ProcessorTime)
{
    // USER_HZ, which Linux has kept at 100 for programs whatever the kernel's own clock is.
    private static readonly TimeSpan Tick = TimeSpan.FromMilliseconds(10);

    /// <summary>Reads <c>/proc/N/stat</c>.</summary>
    /// <remarks>proc_pid_stat(5): ppid is field 4; utime, stime, cutime and cstime are fields 14 to 17, num_threads is 20.
    /// </remarks>
    public static ProcessStatus Parse(string stat)
    {
        var fields = stat[StateAt(stat)..].Split(' '); // [0] is field 3
        long Number(int field) => long.Parse(fields[field - 3], CultureInfo.InvariantCulture);
        return new((int)Number(4), (int)Number(20), Tick * (Number(14) + Number(15) + Number(16) + Number(17)));
    }

    /// <summary>The state in <c>/proc/N/stat</c>: R, S, Z and so on.</summary>
    public static char StateIn(string stat) => stat[StateAt(stat)];

    // Field 2, the name, may contain blanks and brackets; the last bracket ends it. The state is field 3.
    private static int StateAt(string stat) => stat.LastIndexOf(')') + 2;
}
