using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Server.Host.Models;

namespace Server.Host;

/// <summary>The option <c>--workers</c>.</summary>
internal static class WorkersOption
{
    public const string Name = "--workers";

    public static Option<int> Make() =>
        Bounded.Limit(
            Name,
            $"Threads that serve, each with a scheduler and a listener of its own, for --model {Model.Coroutines} on Linux.",
            ServerOptions.DefaultWorkers,
            1,
            ServerOptions.MaxWorkers
        );

    /// <summary>Whether there are to be several. What can't be read is told elsewhere; to ask for its value would throw.
    /// </summary>
    public static bool AreSeveral(CommandResult said) =>
        said.GetResult(Name) is OptionResult { Tokens: [var token] }
        && int.TryParse(token.Value, Bounded.Styles, CultureInfo.InvariantCulture, out var number)
        && number > 1;
}
