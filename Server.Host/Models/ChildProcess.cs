using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net.Sockets;
using System.Runtime.InteropServices;
using System.Runtime.Versioning;
using Server.Host.Files;

namespace Server.Host.Models;

/// <summary>What stands here for fork(2): the same program is started once more, and inherits descriptors.</summary>
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

    /// <summary>Starts a child with a copy of each descriptor. Its arguments are a name, the numbers of this process and of
    /// the descriptors, and what else it is told.</summary>
    /// <param name="name">What the child is to be: see <see cref="ChildCommand"/>.</param>
    /// <param name="inherited">The sockets. The caller closes its own copy of those that it needs no more.</param>
    /// <param name="told">What else it is told.</param>
    /// <param name="ended">Is given the child when it has ended and was reaped; on a thread of the runtime's.</param>
    /// <exception cref="Win32Exception">The system can't start one more process.</exception>
    public static void Start(
        string name,
        ReadOnlySpan<Socket> inherited,
        IEnumerable<string> told,
        Action<Process> ended
    )
    {
        var child = new Process { StartInfo = OfThisProgram(), EnableRaisingEvents = true };
        child.Exited += (_, _) => ended(child);
        var arguments = child.StartInfo.ArgumentList;
        arguments.Add(name);
        arguments.Add(Text(Environment.ProcessId));
        foreach (var socket in inherited)
            arguments.Add(Text(DescriptorOf(socket)));
        foreach (var argument in told)
            arguments.Add(argument);
        Start(child, inherited);
    }

    /// <summary>A socket that this process, a child, has inherited.</summary>
    /// <param name="descriptor">Its number, as the child was told.</param>
    public static Socket Inherited(string descriptor)
    {
        var number = int.Parse(descriptor, CultureInfo.InvariantCulture);
        CloseOnExec(number, FD_CLOEXEC);
        return new Socket(new SafeSocketHandle(number, ownsHandle: true));
    }

    /// <summary>Has this process, a child, end with its parent, however that ends, and not before: a Ctrl+C at the terminal
    /// is for the parent, which ends in good order.</summary>
    /// <param name="parent">The parent's number, as the child was told.</param>
    /// <remarks>prctl(2): the kernel sends the signal when the thread ends that started the child, which is the parent's
    /// loop.</remarks>
    public static void EndWith(string parent)
    {
        if (ProcessControl(PR_SET_PDEATHSIG, SIGKILL) < 0)
            throw SystemCall.Failure("prctl");
        if (Text(GetParentId()) != parent)
            Environment.Exit(ExitCode.Failed); // the parent ended before it could be said, or never was one
        if (SetProcessGroup(0, 0) < 0)
            throw SystemCall.Failure("setpgid");
        IgnoredSignal.Ignore(ReopenSignal.Number!.Value); // who sends it to all processes of this name means no harm
    }

    private static void Start(Process child, ReadOnlySpan<Socket> inherited)
    {
        foreach (var socket in inherited)
            CloseOnExec(DescriptorOf(socket), flag: 0);
        try
        {
            child.Start();
        }
        finally
        {
            foreach (var socket in inherited)
                CloseOnExec(DescriptorOf(socket), FD_CLOEXEC); // or a child that isn't meant would inherit it, too
        }
    }

    /// <summary>How this program is started once more.</summary>
    /// <remarks>Published, a program is its own executable; started as 'dotnet Server.Host.dll' it is an argument of dotnet's.
    /// </remarks>
    public static ProcessStartInfo OfThisProgram()
    {
        var executable = Environment.ProcessPath!;
        return Path.GetFileName(executable) == "dotnet"
            ? new ProcessStartInfo(executable, [Environment.GetCommandLineArgs()[0]])
            : new ProcessStartInfo(executable);
    }

    private static int DescriptorOf(Socket socket) => (int)socket.SafeHandle.DangerousGetHandle();

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

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

    [LibraryImport("libc", EntryPoint = "setpgid", SetLastError = true)]
    private static partial int SetProcessGroup(int process, int group);
}
