using System.Text.Json;
using Coroutines.Diagnostics;

namespace Server.Host.Admin;

/// <summary>What the dumps of some loops look like.</summary>
/// <param name="Write">Makes text of a dump.</param>
/// <param name="Excuse">Makes text of why there is none.</param>
/// <param name="Gather">Makes one text of those of several loops, each with its name.</param>
internal sealed record DumpFormat(
    Func<SchedulerDump, string> Write,
    Func<string, string> Excuse,
    Func<IEnumerable<(string Name, string Text)>, string> Gather
)
{
    /// <summary>For people: below the name of each loop.</summary>
    public static DumpFormat Text { get; } =
        new(
            dump => $"{dump}\n",
            reason => $"{reason}\n",
            texts => string.Join('\n', texts.Select(one => $"{one.Name}:\n{one.Text}"))
        );

    /// <summary>For programs: an object with a property for each loop.</summary>
    public static DumpFormat Json { get; } =
        new(
            dump => dump.ToJson(),
            reason => $"{{\"wrong\":\"{JsonEncodedText.Encode(reason)}\"}}",
            texts => $"{{{string.Join(",\n", texts.Select(one => $"\"{one.Name}\": {one.Text}"))}}}"
        );
}
