using System.CommandLine;
using System.CommandLine.Parsing;
using Server.Host.Comparing;
using Server.Host.Debugger;
using Server.Host.Echo;
using Server.Host.Exploring;

namespace Server.Host;

/// <summary>The command line: <c>Server.Host [port] [root] [options]</c> serves a folder, and subcommands stand beside
/// that. A folder with the name of a subcommand is written <c>./name</c>.</summary>
/// <remarks>A wrong value is told with its option, its range and an example, and ends with exit code 2. The exit code is 1
/// for what is wrong outside of the command line: a port in use, a missing folder.</remarks>
internal sealed class CommandLine
{
    private readonly RootCommand command = new("Serves a folder over HTTP/1.1, each connection by a coroutine.");
    private readonly TextWriter output;
    private readonly TextWriter error;

    /// <param name="serve">What to do; its result is the exit code.</param>
    public CommandLine(Func<ServerOptions, int> serve)
        : this(serve, Console.Out, Console.Error) { }

    /// <param name="serve">What to do; its result is the exit code.</param>
    /// <param name="output">Where help and version are written.</param>
    /// <param name="error">Where is written what is wrong.</param>
    public CommandLine(Func<ServerOptions, int> serve, TextWriter output, TextWriter error)
    {
        (this.output, this.error) = (output, error);
        var arguments = new ServeArguments();
        arguments.AddTo(command);
        var debugger = new DebuggerArguments(DebuggerOptions.DefaultPort);
        debugger.AddTo(command, arguments.WhyNotDebugged);
        command.SetAction(result => serve(arguments.Read(result) with { Debugger = debugger.Read(result) }));
        command.Add(new EchoCommand(EchoServer.Run));
        command.Add(new StepCommand());
        command.Add(new ExploreCommand());
        command.Add(new CompareCommand(Comparing.Comparing.Run));
    }

    /// <summary>Does what the arguments ask for, and returns the exit code.</summary>
    public int Run(string[] arguments)
    {
        var result = command.Parse(arguments);
        if (result.Errors.Count == 0)
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error });
        foreach (var wrong in result.Errors)
            error.WriteLine(Explain(wrong));
        error.WriteLine($"'{Path(result.CommandResult)} --help' lists the options.");
        return ExitCode.WrongUsage;
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "Server.Host";

    private static string Explain(ParseError wrong) =>
        wrong.SymbolResult is not OptionResult { Option: var option } result ? wrong.Message
        : result.IdentifierTokenCount > 1
            ? $"{option.Name} was given {result.IdentifierTokenCount} times; give it once."
        : result.Tokens.Count == 0 ? $"{option.Name} needs a value: {option.Name} <{option.HelpName}>."
        : wrong.Message;
}
