using System.CommandLine;
using System.Runtime.Versioning;

namespace Server.Host.Echo;

/// <summary>The subcommand <c>echo [port] --model M</c>.</summary>
internal static class EchoCommand
{
    /// <summary>The hidden subcommand by which a child of <see cref="ProcessesEcho"/> is told its client.</summary>
    public const string ChildName = "echo-client";

    public static Command Create(Func<EchoOptions, int> serve)
    {
        var port = new Argument<int>("port")
        {
            Description = "The port to listen on; 0 lets the system choose.",
            DefaultValueFactory = _ => EchoOptions.DefaultPort,
            CustomParser = result =>
                Bounded.Number(result, "port", 0, 65_535, $"for example echo {EchoOptions.DefaultPort}"),
        };
        var model = Bounded.Choice("--model", "How many clients are served at once, and by what.", EchoServer.Models);
        var maxProcesses = Bounded.Limit(
            "--max-processes",
            "Children alive at a time, for --model processes.",
            EchoOptions.DefaultMaxProcesses,
            1,
            1_000
        );
        var maxThreads = Bounded.Limit(
            "--max-threads",
            "Clients at a time, for --model threads.",
            EchoOptions.DefaultMaxThreads,
            1,
            10_000
        );
        var command = new Command("echo", "Echoes lines: the same server in five models, to be read side by side.")
        {
            port,
            model,
            maxProcesses,
            maxThreads,
        };
        command.SetAction(result =>
            serve(
                new EchoOptions
                {
                    Port = result.GetValue(port),
                    Model = result.GetValue(model)!,
                    MaxProcesses = result.GetValue(maxProcesses),
                    MaxThreads = result.GetValue(maxThreads),
                }
            )
        );
        return command;
    }

    /// <summary>What <see cref="ProcessesEcho"/> starts; not for people.</summary>
    [SupportedOSPlatform("linux")]
    public static Command CreateChild()
    {
        var descriptor = new Argument<int>("descriptor");
        var parent = new Argument<int>("parent");
        var command = new Command(ChildName) { descriptor, parent };
        command.Hidden = true;
        command.SetAction(result =>
            ProcessesEcho.ServeInherited(result.GetRequiredValue(descriptor), result.GetRequiredValue(parent))
        );
        return command;
    }
}
