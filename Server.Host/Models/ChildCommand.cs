using System.Runtime.Versioning;
using Server.Host.Echo;

namespace Server.Host.Models;

/// <summary>What a child process is to be. Not for people, so it isn't part of the command line; and a child that reads no
/// command line is ready sooner.</summary>
internal static class ChildCommand
{
    public const string EchoClient = "child-of-echo";
    public const string WebClient = "child-of-web";
    public const string WholeServer = "child-of-compare";

    private static readonly IReadOnlyDictionary<string, string> NoVariables = new Dictionary<string, string>();

    /// <summary>Does what the arguments say, if they are a child's. Returns the exit code, or null.</summary>
    public static int? TryRun(string[] arguments) =>
        OperatingSystem.IsLinux() && arguments is [EchoClient or WebClient or WholeServer, _, _, ..]
            ? Run(arguments)
            : null;

    [SupportedOSPlatform("linux")]
    private static int Run(string[] arguments)
    {
        ChildProcess.EndWith(parent: arguments[1]);
        switch (arguments[0])
        {
            case EchoClient:
                ProcessesEcho.ServeInherited(ChildProcess.Inherited(arguments[2]));
                return ExitCode.Succeeded;
            case WebClient:
                ChildServer.Serve(arguments.AsSpan(2));
                return ExitCode.Succeeded;
            default:
                // What is compared mustn't depend on the variables of who compares.
                return new CommandLine(WebServer.Run, Console.Out, Console.Error, NoVariables).Run(arguments[2..]);
        }
    }
}
