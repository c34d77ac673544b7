using System.Globalization;
using System.Runtime.Versioning;
using Server.Host.Comparing;

namespace Server.Host.Debugger;

/// <summary>Reads what the kernel shows of this process, its children and its threads.</summary>
/// <remarks>proc_pid_stat(5), proc_pid_fd(5). Whoever ends while it is read is left out.</remarks>
[SupportedOSPlatform("linux")]
internal static class ProcessTable
{
    private const string Self = "/proc/self/task";

    /// <summary>This process and those that it has started.</summary>
    public static IReadOnlyList<ProcessRow> Processes() =>
        [
            .. new ProcessTree(Environment.ProcessId)
                .Processes()
                .Order()
                .Select(process => Read(process))
                .OfType<ProcessRow>(),
        ];

    /// <summary>The threads of this process that serve clients.</summary>
    /// <param name="name">What they are called.</param>
    public static IReadOnlyList<ThreadRow> Threads(string name) =>
        [
            .. Directory
                .EnumerateDirectories(Self)
                .Select(folder => int.Parse(Path.GetFileName(folder), CultureInfo.InvariantCulture))
                .Order()
                .Select(thread => (Thread: thread, Stat: ProcFile.ReadOrGone(Text($"{Self}/{thread}/stat"))))
                .Where(one => one.Stat?.Contains($"({name})", StringComparison.Ordinal) == true)
                .Select(one => new ThreadRow(Text($"{name} {one.Thread}"), StateIn(one.Stat!))),
        ];

    private static ProcessRow? Read(int process) =>
        ProcFile.ReadOrGone(Text($"/proc/{process}/stat")) is { } stat
            ? new ProcessRow(process, StateIn(stat), SocketsBelow(Text($"/proc/{process}/fd")) ?? [])
            : null;

    private static List<string>? SocketsBelow(string folder) =>
        ProcFile.ReadOrGone<List<string>>(() =>
            [
                .. Directory
                    .EnumerateFileSystemEntries(folder)
                    .Select(entry => (Number: Path.GetFileName(entry), Target: new FileInfo(entry).LinkTarget))
                    .Where(entry => entry.Target?.StartsWith("socket:", StringComparison.Ordinal) == true)
                    .OrderBy(entry => int.Parse(entry.Number, CultureInfo.InvariantCulture))
                    .Select(entry => $"{entry.Number} {entry.Target}"),
            ]
        );

    private static string StateIn(string stat) => ProcessStatus.StateIn(stat).ToString();

    private static string Text(FormattableString text) => FormattableString.Invariant(text);
}
