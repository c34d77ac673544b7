using System.CommandLine;
using System.CommandLine.Parsing;
using Server.Host.Debugger;
using Server.Host.Models;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Echo;

/// <summary><c>Server.Host echo [port] --model M</c>: echoes lines, in one of the lecture's ways.</summary>
internal sealed class EchoCommand : Command
{
    private readonly Argument<int> port = new("port")
    {
        Description = "The port to listen on; 0 lets the system choose.",
        DefaultValueFactory = _ => EchoOptions.DefaultPort,
        CustomParser = result =>
            Bounded.Number(result, "port", 0, 65_535, $"for example echo {EchoOptions.DefaultPort}"),
    };

    private readonly Option<string> model = Bounded.Choice(
        "--model",
        "How many clients are served at once, and by what.",
        Model.Names
    );
    private readonly Option<int> maxProcesses = Bounded.Limit(
        "--max-processes",
        "Children alive at a time, for --model processes.",
        ServerOptions.DefaultMaxProcesses,
        1,
        ServerOptions.MaxMaxProcesses
    );
    private readonly Option<int> maxThreads = Bounded.Limit(
        "--max-threads",
        "Clients at a time, for --model threads.",
        ServerOptions.DefaultMaxThreads,
        1,
        ServerOptions.MaxMaxThreads
    );

    private readonly DebuggerArguments debugger = new(DebuggerOptions.DefaultPortOfEcho);

    /// <param name="serve">What to do; its result is the exit code.</param>
    public EchoCommand(Func<EchoOptions, int> serve)
        : base("echo", "Echoes lines: the same server in five models, to be read side by side.")
    {
        Add(port);
        Add(model);
        Add(maxProcesses);
        Add(maxThreads);
        debugger.AddTo(this, WhyNotDebugged);
        SetAction(result => serve(Read(result)));
    }

    private EchoOptions Read(ParseResult result) =>
        new()
        {
            Port = result.GetValue(port),
            Model = result.GetValue(model)!,
            MaxProcesses = result.GetValue(maxProcesses),
            MaxThreads = result.GetValue(maxThreads),
            Debugger = debugger.Read(result),
        };

    private string? WhyNotDebugged(CommandResult said) =>
        said.GetValue(model) is { } name and not Model.Coroutines
            ? $"echo --debugger goes with --model coroutines, not {name}; without 'echo', with every model."
            : null;
}
