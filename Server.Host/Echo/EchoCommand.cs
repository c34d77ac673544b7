using System.CommandLine;
using Server.Host.Models;

namespace Server.Host.Echo;

/// <summary>The subcommand <c>echo [port] --model M</c>.</summary>
internal static class EchoCommand
{
    public static Command Create(Func<EchoOptions, int> serve)
    {
        var port = new Argument<int>("port")
        {
            Description = "The port to listen on; 0 lets the system choose.",
            DefaultValueFactory = _ => EchoOptions.DefaultPort,
            CustomParser = result =>
                Bounded.Number(result, "port", 0, 65_535, $"for example echo {EchoOptions.DefaultPort}"),
        };
        var model = Bounded.Choice("--model", "How many clients are served at once, and by what.", Model.Names);
        var maxProcesses = Bounded.Limit(
            "--max-processes",
            "Children alive at a time, for --model processes.",
            ServerOptions.DefaultMaxProcesses,
            1,
            ServerOptions.MaxMaxProcesses
        );
        var maxThreads = Bounded.Limit(
            "--max-threads",
            "Clients at a time, for --model threads.",
            ServerOptions.DefaultMaxThreads,
            1,
            ServerOptions.MaxMaxThreads
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
}
