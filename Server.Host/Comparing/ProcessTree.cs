using System.Globalization;
using System.Runtime.Versioning;

namespace Server.Host.Comparing;

/// <summary>A process with its children, and theirs, as the kernel shows them in <c>/proc</c>.</summary>
/// <param name="root">The process.</param>
[SupportedOSPlatform("linux")]
internal sealed class ProcessTree(int root)
{
    /// <summary>Their numbers.</summary>
    public IReadOnlyCollection<int> Processes() => Members().Keys;

    /// <summary>What they use now.</summary>
    /// <remarks>The processes are read one after the other. One that ends and is reaped meanwhile may be missed, or counted
    /// twice: a mistake of one child's worth.</remarks>
    public TreeUsage Usage() => Members().Values.Aggregate(new TreeUsage(), (sum, process) => sum + process);

    /// <summary>The memory that they take, in bytes; what several processes share is shared out among them.</summary>
    /// <remarks>proc_pid_smaps(5): Pss. The resident set size would count the runtime's code once for each child.</remarks>
    public long MemoryBytes() => Processes().Sum(MemoryBytesOf);

    private Dictionary<int, ProcessStatus> Members()
    {
        var all = Everybody();
        return all.Where(process => IsBelow(process.Key, all)).ToDictionary();
    }

    private bool IsBelow(int process, Dictionary<int, ProcessStatus> all)
    {
        while (process != root)
        {
            if (!all.TryGetValue(process, out var status))
                return false;
            process = status.Parent;
        }
        return all.ContainsKey(root);
    }

    private static Dictionary<int, ProcessStatus> Everybody()
    {
        var all = new Dictionary<int, ProcessStatus>();
        foreach (var folder in Directory.EnumerateDirectories("/proc"))
        {
            if (int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out var process))
                if (ProcFile.ReadOrGone(Path.Combine(folder, "stat")) is { } stat)
                    all[process] = ProcessStatus.Parse(stat);
        }
        return all;
    }

    private static long MemoryBytesOf(int process)
    {
        const string Label = "\nPss:";
        var rollup =
            ProcFile.ReadOrGone(string.Create(CultureInfo.InvariantCulture, $"/proc/{process}/smaps_rollup")) ?? "";
        var at = rollup.IndexOf(Label, StringComparison.Ordinal);
        return at < 0 ? 0 : KilobytesIn(rollup[(at + Label.Length)..]) * 1024;
    }

    private static long KilobytesIn(string text) =>
        long.Parse(text.TrimStart().Split(' ')[0], CultureInfo.InvariantCulture);
}
