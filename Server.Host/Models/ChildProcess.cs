using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Server.Host.Files;

namespace Server.Host.Models;

/// <summary>What stands here for fork(2): the same program is started once more, and inherits the descriptor of a client.
/// </summary>
/// <remarks>A runtime has threads of its own, of which a fork would copy none: the child would be unusable. So the child
/// is a new process, started by the runtime, which also reaps it (wait(2), upon SIGCHLD) before it tells that it has ended.
/// Nothing else here may wait for children: two would race for one exit status.</remarks>
[SupportedOSPlatform("linux")]
internal static partial class ChildProcess
{
    private const int F_SETFD = 2;
    private const int FD_CLOEXEC = 1;
    private const int PR_SET_PDEATHSIG = 1;
    private const int SIGKILL = 9;

    /// <summary>Starts a child that has a copy of the client's descriptor. The caller closes its own.</summary>
    /// <param name="client">The client.</param>
    /// <param name="ended">Is given the child when it has ended and was reaped; on a thread of the runtime's.</param>
    /// <param name="arguments">The child's arguments, before the descriptor's number and this process's own.</param>
    /// <exception cref="Win32Exception">The system can't start one more process.</exception>
    public static Process Start(Socket client, Action<Process> ended, params ReadOnlySpan<string> arguments)
    {
        var descriptor = (int)client.SafeHandle.DangerousGetHandle();
        var child = new Process { StartInfo = OfThisProgram(), EnableRaisingEvents = true };
        foreach (var argument in arguments)
            child.StartInfo.ArgumentList.Add(argument);
        child.StartInfo.ArgumentList.Add(descriptor.ToString(CultureInfo.InvariantCulture));
        child.StartInfo.ArgumentList.Add(Environment.ProcessId.ToString(CultureInfo.InvariantCulture));
        child.Exited += (_, _) => ended(child);
        CloseOnExec(descriptor, flag: 0);
        try
        {
            child.Start();
            return child;
        }
        finally
        {
            CloseOnExec(descriptor, FD_CLOEXEC); // or the next child would inherit it, too
        }
    }

    /// <summary>The client whose descriptor this process, a child, has inherited. From now on the child ends with its
    /// parent, however that ends.</summary>
    /// <param name="descriptor">The descriptor's number.</param>
    /// <param name="parent">The parent's process id.</param>
    /// <remarks>The kernel sends the signal when the thread ends that started the child: the parent's loop.</remarks>
    public static Socket Inherited(int descriptor, int parent)
    {
        if (ProcessControl(PR_SET_PDEATHSIG, SIGKILL) < 0)
            throw SystemCall.Failure("prctl");
        if (GetParentId() != parent)
            Environment.Exit(ExitCode.Failed); // it ended before it could be said that the child ends with it
        CloseOnExec(descriptor, FD_CLOEXEC);
        return new Socket(new SafeSocketHandle(descriptor, ownsHandle: true));
    }

    // Published, a program is its own executable; started as 'dotnet Server.Host.dll' it is an argument of dotnet's.
    private static ProcessStartInfo OfThisProgram()
    {
        var executable = Environment.ProcessPath!;
        return Path.GetFileName(executable) == "dotnet"
            ? new ProcessStartInfo(executable, [Environment.GetCommandLineArgs()[0]])
            : new ProcessStartInfo(executable);
    }

    private static void CloseOnExec(int descriptor, int flag)
    {
        if (FileControl(descriptor, F_SETFD, flag) < 0)
            throw SystemCall.Failure("fcntl");
    }

    [LibraryImport("libc", EntryPoint = "fcntl", SetLastError = true)]
    private static partial int FileControl(int descriptor, int command, int argument);

    [LibraryImport("libc", EntryPoint = "prctl", SetLastError = true)]
    private static partial int ProcessControl(int option, nint argument);

    [LibraryImport("libc", EntryPoint = "getppid")]
    private static partial int GetParentId();
}
