using System.Runtime.InteropServices;

namespace Server.Host.Http;

/// <summary>How many descriptors a process may have: <c>ulimit -n</c>.</summary>
internal static partial class DescriptorLimit
{
    private const int OnLinux = 7; // RLIMIT_NOFILE
    private const int OnMacOS = 8;

    /// <summary>The limit of this process; where there is none, a number that isn't reached.</summary>
    /// <remarks>getrlimit(2). The runtime has raised it as far as it may.</remarks>
    public static int OfThisProcess =>
        OperatingSystem.IsLinux() ? Ask(OnLinux)
        : OperatingSystem.IsMacOS() ? Ask(OnMacOS)
        : int.MaxValue;

    private static int Ask(int resource) =>
        getrlimit(resource, out var limits) == 0 ? (int)Math.Min(limits.Current, int.MaxValue) : int.MaxValue;

    [LibraryImport("libc")]
    private static partial int getrlimit(int resource, out Limits limits);

    private struct Limits
    {
        public ulong Current;
        public ulong Max;
    }
}
