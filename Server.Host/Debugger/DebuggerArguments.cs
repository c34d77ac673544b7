using System.CommandLine;
using System.CommandLine.Parsing;
using Server.Host.Models;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Debugger;

/// <summary>The options <c>--debugger</c>, <c>--debugger-port</c> and <c>--paused</c>.</summary>
internal sealed class DebuggerArguments
{
    private readonly Option<bool> debugger = Flag(
        "--debugger",
        "Shows in the browser where each connection's code stands, and lets one step through it."
    );

    private readonly Option<int> port = Bounded.Limit(
        "--debugger-port",
        "The port of the debugger's page, on 127.0.0.1 alone; 0 lets the system choose.",
        DebuggerOptions.DefaultPort,
        0,
        65_535
    );

    private readonly Option<bool> paused = Flag(
        "--paused",
        "Has the server stand still before its first accept, until the debugger's page lets it go."
    );

    /// <summary>Adds them to a command.</summary>
    public void AddTo(Command command)
    {
        command.Add(debugger);
        command.Add(port);
        command.Add(paused);
        command.Validators.Add(CheckCompany);
    }

    /// <summary>What was said; null without <c>--debugger</c>.</summary>
    public DebuggerOptions? Read(ParseResult result) =>
        result.GetValue(debugger) ? new(result.GetValue(port), result.GetValue(paused)) : null;

    private void CheckCompany(CommandResult result)
    {
        if (result.GetResult(debugger) is not null)
            return;
        foreach (var option in (Option[])[port, paused])
            if (result.GetResult(option) is { Implicit: false })
                result.AddError($"{option.Name} needs --debugger; for example --debugger {Example(option)}.");
    }

    private string Example(Option option) =>
        option == port ? $"{port.Name} {DebuggerOptions.DefaultPort}" : paused.Name;

    private static Option<bool> Flag(string name, string description) =>
        new(name) { Description = description, Arity = ArgumentArity.Zero };
}
