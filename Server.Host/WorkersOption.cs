using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Server.Host.Models;

namespace Server.Host;

/// <summary>The option <c>--workers</c>: a number, or <c>auto</c>.</summary>
internal static class WorkersOption
{
    public const string Name = "--workers";

    private const string Auto = "auto";

    private static string ByDefault => ServerOptions.DefaultWorkers.ToString(CultureInfo.InvariantCulture);

    public static Option<string> Make() =>
        new(Name)
        {
            Description =
                $"Threads that serve, each with a scheduler and a listener of its own, for --model {Model.Coroutines} on Linux; '{Auto}' is one for each processor that the process may use.",
            HelpName = $"number|{Auto}",
            DefaultValueFactory = _ => ByDefault,
            Validators = { Check },
        };

    /// <summary>How many a checked value stands for: <c>auto</c> means as many as the runtime counts processors, after affinity
    /// and the quota of a container, which it rounds up (<see cref="Environment.ProcessorCount"/>); within the range.</summary>
    public static int CountOf(string value) =>
        value != Auto ? Number(value)!.Value
        : OperatingSystem.IsLinux() ? Math.Min(Environment.ProcessorCount, ServerOptions.MaxWorkers)
        : 1; // only Linux distributes clients

    /// <summary>Whether there are to be several, or would be on another machine. What can't be read is told elsewhere.</summary>
    public static bool AreSeveral(CommandResult said) =>
        said.GetResult(Name) is OptionResult { Tokens: [var token] }
        && (token.Value == Auto || Number(token.Value) > 1);

    private static void Check(OptionResult result)
    {
        if (result.Tokens is not [var token] || token.Value == Auto || Number(token.Value) is not null)
            return;
        result.AddError(
            $"{Name} must be {Auto}, or 1 to {ServerOptions.MaxWorkers}, but was '{token.Value}'; for example {Name} 2."
        );
    }

    private static int? Number(string text) =>
        int.TryParse(text, Bounded.Styles, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= ServerOptions.MaxWorkers
            ? number
            : null;
}
