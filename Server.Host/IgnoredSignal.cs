using System.Runtime.InteropServices;

namespace Server.Host;

/// <summary>Signals that are ignored: a shell has what a script starts in the background ignore SIGQUIT, and children
/// inherit that.</summary>
internal static unsafe partial class IgnoredSignal
{
    private const int Sigquit = 3; // on every Unix
    private const int Sigxfsz = 25; // on Linux, macOS and the BSDs
    private const nint Default = 0;
    private const nint Ignored = 1;
    private const int ActionWords = 64; // more than a struct sigaction takes anywhere

    /// <summary>Has SIGQUIT heeded even so. The runtime looks once whether a signal is ignored, and leaves it at that: so
    /// this comes before all else that has to do with signals, the console among it.</summary>
    public static void Heed()
    {
        if (OperatingSystem.IsWindows())
            return;
        var action = stackalloc nint[ActionWords];
        // The handler is the first field. Any other than 'ignored' is the runtime's own, and stays.
        if (GetAction(Sigquit, 0, action) == 0 && action[0] == Ignored)
            _ = SetHandler(Sigquit, Default);
    }

    /// <summary>Has a write that makes a file larger than the process may (ulimit -f) fail, as on a full disk, where it would end
    /// the process (setrlimit(2), RLIMIT_FSIZE).</summary>
    public static void IgnoreFileLimit()
    {
        if (!OperatingSystem.IsWindows())
            Ignore(Sigxfsz);
    }

    /// <summary>Has a signal ignored from now on.</summary>
    public static void Ignore(int signal) => _ = SetHandler(signal, Ignored);

    [LibraryImport("libc", EntryPoint = "sigaction")]
    private static partial int GetAction(int signal, nint newAction, nint* oldAction);

    [LibraryImport("libc", EntryPoint = "signal")]
    private static partial nint SetHandler(int signal, nint handler);
}
