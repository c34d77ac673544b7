using Coroutines;

namespace Server.Host.Debugger;

/// <summary>One thing that has happened.</summary>
/// <param name="Kind">What kind of thing.</param>
/// <param name="Id">The number of the coroutine to which; null if to the poller.</param>
/// <param name="Name">The coroutine's name.</param>
/// <param name="Text">It in a sentence.</param>
internal readonly record struct Happening(HappeningKind Kind, int? Id, string? Name, string Text)
{
    public static Happening Of(HappeningKind kind, Coroutine? coroutine, string text) =>
        new(kind, coroutine?.Id, coroutine?.Name, text);

    /// <inheritdoc/>
    public override string ToString() => Text;
}
