using System.Globalization;
using System.Runtime.Versioning;
using Server.Host.Comparing;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>The memory that a process has in use.</summary>
/// <remarks>proc_pid_statm(5): the second number is the resident set, in pages. What several processes share counts for each
/// of them.</remarks>
[SupportedOSPlatform("linux")]
internal static class ResidentMemory
{
    /// <summary>In bytes; nothing if the process has ended.</summary>
    public static long BytesOf(int process) =>
        ProcFile.ReadOrGone(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/statm")) is { } pages
            ? long.Parse(pages.Split(' ')[1], CultureInfo.InvariantCulture) * Environment.SystemPageSize
            : 0;
}
