using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Runtime.InteropServices;

namespace Coroutines.Tests.Host;

/// <summary>The server in a process of its own, as a user starts it. Disposing it ends that process and no other.</summary>
internal sealed partial class ServerProcess : IDisposable
{
    /// <summary>How long anything is waited for. A busy machine may be slow; none is this slow.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    public const int SigInt = 2;
    public const int SigQuit = 3;
    public const int SigKill = 9;
    public const int SigTerm = 15;

    private const string AddressMark = "://";

    private readonly Process process;
    private readonly string[] arguments;

    private ServerProcess(ProcessStartInfo start, string[] arguments)
    {
        this.arguments = arguments;
        start.RedirectStandardOutput = start.RedirectStandardError = start.RedirectStandardInput = true;
        process = new Process { StartInfo = start };
        process.OutputDataReceived += (_, line) => Output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => Errors.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>What it wrote to standard output.</summary>
    public Transcript Output { get; } = new();

    /// <summary>What it wrote to standard error: its messages.</summary>
    public Transcript Errors { get; } = new();

    public int Port { get; private set; }

    public int Id => process.Id;

    public string Address => string.Create(CultureInfo.InvariantCulture, $"http://localhost:{Port}/");

    /// <summary>The processor time it has used, in the kernel's ticks (a hundred a second).</summary>
    /// <remarks>proc_pid_stat(5): utime and stime are fields 14 and 15; field 2 may contain blanks, and ends with ')'.
    /// </remarks>
    public int ProcessorTicks
    {
        get
        {
            var stat = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/stat"));
            var fields = stat[(stat.LastIndexOf(')') + 2)..].Split(' ');
            return int.Parse(fields[11], CultureInfo.InvariantCulture)
                + int.Parse(fields[12], CultureInfo.InvariantCulture);
        }
    }

    /// <summary>The memory that it has in use.</summary>
    /// <remarks>proc_pid_statm(5): the second number is the resident set, in pages.</remarks>
    public long ResidentBytes
    {
        get
        {
            var pages = File.ReadAllText(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/statm")).Split(' ')[
                1
            ];
            return long.Parse(pages, CultureInfo.InvariantCulture) * Environment.SystemPageSize;
        }
    }

    /// <summary>Whether it has a file of a folder open.</summary>
    public bool Holds(string folder) =>
        new DirectoryInfo(string.Create(CultureInfo.InvariantCulture, $"/proc/{Id}/fd"))
            .EnumerateFiles()
            .Any(descriptor => descriptor.LinkTarget?.StartsWith(folder, StringComparison.Ordinal) == true);

    /// <summary>Starts it with the arguments of a command line.</summary>
    /// <remarks>A shell has what it starts in the background ignore SIGINT, and children inherit that: these tests would
    /// fail, started that way.</remarks>
    public static ServerProcess Start(params string[] arguments) =>
        new(
            OperatingSystem.IsLinux()
                ? new("env", ["--default-signal=INT", "dotnet", Program, .. arguments])
                : new("dotnet", [Program, .. arguments]),
            arguments
        );

    /// <summary>Starts it as the variables of its environment say, each <c>NAME=value</c>, and waits until it serves.</summary>
    public static ServerProcess ServeByVariables(params string[] variables) =>
        new ServerProcess(new("env", [.. variables, "dotnet", Program]), variables).WaitUntilServing();

    /// <summary>Serves a folder on a port that the system chooses, and waits until it does.</summary>
    public static ServerProcess Serve(string root, params string[] options) =>
        Start(["0", root, .. options]).WaitUntilServing();

    /// <summary>The same, by an executable of its own.</summary>
    public static ServerProcess ServeBy(string program, string root, params string[] options)
    {
        string[] arguments = ["0", root, .. options];
        return new ServerProcess(new(program, arguments), arguments).WaitUntilServing();
    }

    /// <summary>Serves with no more than some descriptors.</summary>
    public static ServerProcess ServeWithin(int descriptors, string root, params string[] options) =>
        StartWithin(descriptors, ["0", root, .. options]).WaitUntilServing();

    /// <summary>Serves while no file may become larger than some kibibytes, and waits until it does.</summary>
    /// <remarks>The runtime would want a file of its own, of gigabytes, to keep code from being written to.</remarks>
    public static ServerProcess ServeWithinFiles(int kibibytes, string root, params string[] options) =>
        StartWithin($"export DOTNET_EnableWriteXorExecute=0 && ulimit -f {kibibytes}", ["0", root, .. options])
            .WaitUntilServing();

    /// <summary>Echoes lines, with no more than some descriptors.</summary>
    public static ServerProcess EchoWithin(int descriptors, string model) =>
        StartWithin(descriptors, ["echo", "0", "--model", model]).WaitUntilServing();

    /// <summary>Starts it with no more than some descriptors.</summary>
    public static ServerProcess StartWithin(int descriptors, params string[] arguments) =>
        StartWithin($"ulimit -n {descriptors}", arguments);

    private static ServerProcess StartWithin(FormattableString limit, string[] arguments)
    {
        var script = limit.ToString(CultureInfo.InvariantCulture) + " && exec dotnet \"$@\"";
        var start = new ProcessStartInfo("bash", ["-c", script, "bash", Program, .. arguments]);
        return new(start, arguments);
    }

    /// <summary>Echoes lines on a port that the system chooses, and waits until it does.</summary>
    public static ServerProcess Echo(string model, params string[] options) =>
        Start(["echo", "0", "--model", model, .. options]).WaitUntilServing();

    /// <summary>The same, as a script starts it that goes on: SIGINT and SIGQUIT are ignored.</summary>
    public static ServerProcess ServeInTheBackground(string root)
    {
        string[] arguments = ["0", root];
        const string Script = "trap '' INT QUIT; exec dotnet \"$@\"";
        var start = new ProcessStartInfo("bash", ["-c", Script, "bash", Program, .. arguments]);
        return new ServerProcess(start, arguments).WaitUntilServing();
    }

    /// <summary>Steps through the serving of a folder on a port that the system chooses, and waits until it does.</summary>
    public static ServerProcess Step(string root, params string[] options) =>
        Start(["step", "0", root, .. options]).WaitUntilServing();

    /// <summary>Serves with the debugger's page, on ports that the system chooses, and waits until it does.</summary>
    public static ServerProcess Debug(params string[] arguments) =>
        Start([.. arguments, "--debugger", "--debugger-port", "0"]).WaitUntilServing();

    /// <summary>The address of the debugger's page.</summary>
    public Uri DebuggerAddress =>
        new(
            Output
                .WaitFor("Debugger at ")
                .Split(' ')
                .First(word => word.Contains(AddressMark, StringComparison.Ordinal))
        );

    /// <summary>Starts the server of a folder that it was published to, without a word of where its sources were.</summary>
    public static ServerProcess DebugPublished(string folder, string root) =>
        new ServerProcess(
            new ProcessStartInfo(
                "dotnet",
                [Path.Combine(folder, "Server.Host.dll"), "0", root, "--debugger", "--debugger-port", "0"]
            ),
            ["published"]
        ).WaitUntilServing();

    private static string Program => Path.Combine(AppContext.BaseDirectory, "Server.Host.dll");

    /// <summary>Connects a client of the wire.</summary>
    public WireClient Connect() => new(new(IPAddress.Loopback, Port));

    /// <summary>Types a line for it.</summary>
    public void Tell(string line) => process.StandardInput.WriteLine(line);

    /// <summary>Types no more.</summary>
    public void EndInput() => process.StandardInput.Close();

    /// <summary>Sends it a signal.</summary>
    public void Signal(int signal) => Kill(process.Id, signal).ShouldBe(0);

    /// <summary>Waits for its end, and for all that it wrote. Returns its exit code.</summary>
    public int WaitForExit()
    {
        if (!process.WaitForExit(Patience))
            throw new TimeoutException($"The server did not end. It wrote:\n{Output}\n{Errors}");
        process.WaitForExit(); // the outputs, too
        return process.ExitCode;
    }

    /// <summary>Has it end in good order, and returns its exit code.</summary>
    public int Stop()
    {
        Signal(SigTerm);
        return WaitForExit();
    }

    /// <summary>Waits for a second in which nothing happens to it, and returns the ticks that it used meanwhile.</summary>
    /// <remarks>That second must pass: there is no event for 'it did nothing'.</remarks>
    public int TicksOfAnIdleSecond()
    {
        var before = ProcessorTicks;
        process.WaitForExit(TimeSpan.FromSeconds(1)).ShouldBeFalse($"It ended:\n{Errors}");
        return ProcessorTicks - before;
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }

    private ServerProcess WaitUntilServing()
    {
        try
        {
            var line = Output.WaitFor(AddressMark);
            Port = new Uri(line.Split(' ').First(word => word.Contains(AddressMark, StringComparison.Ordinal))).Port;
            return this;
        }
        catch (TimeoutException)
        {
            Dispose();
            throw new TimeoutException($"'{string.Join(' ', arguments)}' did not serve:\n{Output}\n{Errors}");
        }
    }

    /// <summary>Sends a process a signal.</summary>
    /// <remarks>kill(2).</remarks>
    [LibraryImport("libc", EntryPoint = "kill")]
    internal static partial int Kill(int process, int signal);
}
