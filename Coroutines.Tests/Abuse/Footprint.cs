using System.Globalization;

namespace Coroutines.Tests.Abuse;

/// <summary>What a process takes of the machine.</summary>
/// <param name="ResidentBytes">Its memory.</param>
/// <param name="Descriptors">How many descriptors it has open.</param>
internal readonly record struct Footprint(long ResidentBytes, int Descriptors)
{
    /// <summary>Looks at a process.</summary>
    /// <remarks>proc_pid_status(5): VmRSS, in kB.</remarks>
    public static Footprint Of(int process)
    {
        var line = File.ReadLines($"/proc/{process}/status").First(line => line.StartsWith("VmRSS:"));
        var kilobytes = line.Split(' ', StringSplitOptions.RemoveEmptyEntries)[1];
        return new(1024 * long.Parse(kilobytes, CultureInfo.InvariantCulture), DescriptorsOf(process));
    }

    /// <summary>How many descriptors a process has open.</summary>
    public static int DescriptorsOf(int process) => Directory.GetFileSystemEntries($"/proc/{process}/fd").Length;

    public override string ToString() =>
        string.Create(CultureInfo.InvariantCulture, $"{ResidentBytes / 1e6:F1} MB, {Descriptors} descriptors");
}
