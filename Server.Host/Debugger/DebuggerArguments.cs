using System.CommandLine;
using System.CommandLine.Parsing;
using Server.Host.Configuration;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Debugger;

/// <summary>The options <c>--debugger</c>, <c>--debugger-port</c> and <c>--paused</c>.</summary>
internal sealed class DebuggerArguments
{
    private readonly Option<bool> debugger = Bounded.Flag(
        "--debugger",
        "Shows in the browser where each connection's code stands, and lets one step through it."
    );

    private readonly Option<int> port;

    private readonly Option<bool> paused = Bounded.Flag(
        "--paused",
        "Has the server stand still before its first accept, until the debugger's page lets it go."
    );

    /// <param name="defaultPort">The page's port, if none is given.</param>
    public DebuggerArguments(int defaultPort) =>
        port = Bounded.Limit(
            "--debugger-port",
            "The port of the debugger's page, on 127.0.0.1 alone; 0 lets the system choose.",
            defaultPort,
            0,
            65_535
        );

    /// <summary>Adds them to a command.</summary>
    /// <param name="command">The command.</param>
    /// <param name="refusal">Why what else was said can't be debugged; null if it can.</param>
    public void AddTo(Command command, Func<CommandResult, string?> refusal)
    {
        command.Add(debugger);
        command.Add(port);
        command.Add(paused);
        command.Validators.Add(result => Check(result, refusal));
    }

    /// <summary>What was said; null without <c>--debugger</c>.</summary>
    public DebuggerOptions? Read(ParseResult result) =>
        result.GetValue(debugger) ? new(result.GetValue(port), result.GetValue(paused)) : null;

    private void Check(CommandResult result, Func<CommandResult, string?> refusal)
    {
        if (!result.GetValue(debugger))
            CheckAlone(result);
        else if (refusal(result) is { } reason)
            result.AddError(reason);
    }

    private void CheckAlone(CommandResult result)
    {
        foreach (var option in (Option[])[port, paused])
            if (result.Has(option))
                result.AddError($"{option.Name} needs --debugger; for example --debugger {Example(option)}.");
    }

    private string Example(Option option) =>
        option == port ? $"{port.Name} {DebuggerOptions.DefaultPort}" : paused.Name;
}
