using System.Net;
using Coroutines.Tests.Host;

namespace Coroutines.Tests.Debugger;

/// <summary>A web server in a process of its own, with its debugger.</summary>
internal sealed class DebuggedProcess : IDisposable
{
    private readonly ServerProcess process;

    private DebuggedProcess(ServerProcess process)
    {
        this.process = process;
        Page = AddressIn("Debugger at ");
        Site = AddressIn("Serving ");
    }

    /// <summary>The address of the debugger's page, with its token.</summary>
    public Uri Page { get; }

    /// <summary>The address of the site that it serves.</summary>
    public Uri Site { get; }

    public int Id => process.Id;

    /// <summary>Serves a folder; it stands still before its first step.</summary>
    public static DebuggedProcess Paused(string root) => new(Start(root, "--paused"));

    /// <summary>Serves a folder; it runs freely.</summary>
    public static DebuggedProcess Running(string root, params string[] options) => new(Start(root, options));

    public WireClient Connect() => new(new IPEndPoint(IPAddress.Loopback, Site.Port));

    public void Signal(int signal) => process.Signal(signal);

    public void Dispose() => process.Dispose();

    private static ServerProcess Start(string root, params string[] options) =>
        ServerProcess.Start(["0", root, "--debugger", "--debugger-port", "0", "--log-level", "warn", .. options]);

    private Uri AddressIn(string line) =>
        new(
            process.Output.WaitFor(line).Split(' ').First(word => word.StartsWith("http://", StringComparison.Ordinal))
        );
}
