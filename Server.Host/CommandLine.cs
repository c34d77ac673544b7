using System.Collections;
using System.CommandLine;
using System.CommandLine.Parsing;
using Server.Host.Comparing;
using Server.Host.Configuration;
using Server.Host.Debugger;
using Server.Host.Echo;
using Server.Host.Exploring;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host;

/// <summary>The command line: <c>Server.Host [port] [root] [options]</c> serves a folder, and subcommands stand beside
/// that. A folder with the name of a subcommand is written <c>./name</c>.</summary>
/// <remarks>A wrong value is told with where it was said, its option, its range and an example, and ends with exit code 2.
/// The exit code is 1 for what is wrong outside of what was said: a port in use, a missing folder.</remarks>
internal sealed class CommandLine
{
    // '@file' on a command line is a folder's name here, and no file with more arguments: there is --config for that.
    private static readonly ParserConfiguration Parsing = new() { ResponseFileTokenReplacer = null };

    private readonly RootCommand command = new("Serves a folder over HTTP/1.1, each connection by a coroutine.");
    private readonly TextWriter output;
    private readonly TextWriter error;
    private readonly IReadOnlyDictionary<string, string> environment;

    /// <param name="serve">What to do; its result is the exit code.</param>
    public CommandLine(Func<ServerOptions, int> serve)
        : this(serve, Console.Out, Console.Error) { }

    /// <param name="serve">What to do; its result is the exit code.</param>
    /// <param name="output">Where help and version are written.</param>
    /// <param name="error">Where is written what is wrong.</param>
    /// <param name="environment">The variables; by default those of this process.</param>
    public CommandLine(
        Func<ServerOptions, int> serve,
        TextWriter output,
        TextWriter error,
        IReadOnlyDictionary<string, string>? environment = null
    )
    {
        (this.output, this.error) = (output, error);
        this.environment = environment ?? OfThisProcess();
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
        var line = new ConfiguredLine(command.Parse(arguments, Parsing), arguments, environment);
        var result = command.Parse(line.Complete(), Parsing);
        if (result.Errors.Count > 0 || line.Wrong.Count > 0)
            return Refuse(result, line);
        if (!PrintedConfiguration.IsWanted(result))
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error });
        PrintedConfiguration.Write(result, line, output, error);
        return ExitCode.Succeeded;
    }

    private int Refuse(ParseResult result, ConfiguredLine line)
    {
        foreach (var wrong in line.Wrong.Concat(result.Errors.Select(one => Explain(one, line))).Distinct())
            error.WriteLine(wrong);
        error.WriteLine($"'{Path(result.CommandResult)} --help' lists the options.");
        return ExitCode.WrongUsage;
    }

    private static string Path(CommandResult result) =>
        result.Parent is CommandResult parent ? $"{Path(parent)} {result.Command.Name}" : "Server.Host";

    private static string Explain(ParseError wrong, ConfiguredLine line)
    {
        var origin = wrong.SymbolResult switch
        {
            OptionResult { Option: var option } => line.OriginOf(option),
            ArgumentResult { Argument: var argument } => line.OriginOf(argument),
            _ => null,
        };
        return origin is null ? Explain(wrong) : $"{origin}: {Explain(wrong)}";
    }

    private static string Explain(ParseError wrong) =>
        wrong.SymbolResult is not OptionResult { Option: var option } result ? wrong.Message
        : result.IdentifierTokenCount > 1 && option.Arity.MaximumNumberOfValues <= 1
            ? $"{option.Name} was given {result.IdentifierTokenCount} times; give it once."
        : result.Tokens.Count == 0 ? $"{option.Name} needs a value: {option.Name} <{option.HelpName}>."
        : wrong.Message;

    private static Dictionary<string, string> OfThisProcess()
    {
        var variables = new Dictionary<string, string>();
        foreach (DictionaryEntry variable in Environment.GetEnvironmentVariables())
            variables.Add((string)variable.Key, (string?)variable.Value ?? "");
        return variables;
    }
}
