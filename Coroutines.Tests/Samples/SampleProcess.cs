using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Text.RegularExpressions;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Samples;

/// <summary>A sample that runs. Disposing it ends that process and no other.</summary>
internal sealed partial class SampleProcess : IDisposable
{
    private readonly Process process;

    public SampleProcess(string program, params string[] arguments)
    {
        process = new Process
        {
            StartInfo = new("dotnet", [program, .. arguments])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            },
        };
        process.OutputDataReceived += (_, line) => Output.Add(line.Data);
        process.ErrorDataReceived += (_, line) => Errors.Add(line.Data);
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public Transcript Output { get; } = new();

    public Transcript Errors { get; } = new();

    /// <summary>Where it listens, once it says so.</summary>
    public IPEndPoint Address =>
        new(IPAddress.Loopback, int.Parse(Port().Match(Output.WaitFor("127.0.0.1:")).Groups[1].ValueSpan));

    /// <summary>How much memory it takes, as the kernel sees it.</summary>
    /// <remarks>proc_pid_status(5).</remarks>
    public long ResidentBytes
    {
        get
        {
            var path = string.Create(CultureInfo.InvariantCulture, $"/proc/{process.Id}/status");
            var line = File.ReadLines(path).First(line => line.StartsWith("VmRSS:", StringComparison.Ordinal));
            return long.Parse(line["VmRSS:".Length..^" kB".Length], CultureInfo.InvariantCulture) * 1024;
        }
    }

    /// <summary>Connects a client of the wire.</summary>
    /// <param name="receiveBufferBytes">How much the system takes in before the client reads; null: as it likes.</param>
    public WireClient Connect(int? receiveBufferBytes = null) => new(Address, receiveBufferBytes);

    /// <summary>Connects a plain socket.</summary>
    public Socket ConnectSocket()
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp);
        socket.Connect(Address);
        return socket;
    }

    public void Signal(int signal) => ServerProcess.Kill(process.Id, signal).ShouldBe(0);

    /// <summary>Waits for its end, and for all that it wrote. Returns its exit code.</summary>
    public int WaitForExit()
    {
        if (!process.WaitForExit(ServerProcess.Patience))
            throw new TimeoutException($"The sample did not end. It wrote:\n{Output}\n{Errors}");
        process.WaitForExit(); // the outputs, too
        return process.ExitCode;
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

    /// <summary>What it wrote.</summary>
    public override string ToString() => $"{Output}\n{Errors}";

    [GeneratedRegex(@"127\.0\.0\.1:(\d+)")]
    private static partial Regex Port();
}
