using System.Globalization;
using Coroutines.Exploring;

namespace Server.Host.Exploring;

/// <summary>An exploration as it is printed: the source, the counts, and the shortest witness of each outcome.</summary>
internal sealed class ExplorationReport(LabProgram program, ServerSize? size, Exploration exploration)
{
    public override string ToString() =>
        string.Join("\n\n", [Title, exploration.Source.TrimEnd(), Counts, .. exploration.Outcomes.Select(Witness)]);

    private string Title => $"{program.Name}: {program.Summary}";

    private string Counts => string.Join('\n', exploration.Outcomes.Select(Count).Prepend(Total));

    private string Total =>
        size is { } given
            ? Invariant($"{exploration.Count:N0} interleavings (MAX = {given.Max}, {given.Clients} clients):")
            : Invariant($"{exploration.Count:N0} interleavings:");

    private static string Count(Outcome outcome) => Invariant($"{outcome.Count, 8:N0}  {outcome.Name}");

    private static string Witness(Outcome outcome) =>
        Invariant($"{outcome.Name}\n(the shortest of {outcome.Count:N0})\n\n{outcome.Witness}");

    private static string Invariant(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
