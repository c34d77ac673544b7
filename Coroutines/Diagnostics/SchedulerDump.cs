using System.Text;
using System.Text.Json;

namespace Coroutines.Diagnostics;

/// <summary>Every coroutine of a scheduler as it was at one moment: a copy, which may be kept, and read on any thread.
/// </summary>
public sealed class SchedulerDump
{
    /// <summary>The version of the JSON that <see cref="WriteTo"/> writes. It changes when a property goes, or means
    /// something else; not when one is added.</summary>
    public const int SchemaVersion = 1;

    internal SchedulerDump(Scheduler scheduler, Func<Coroutine, IReadOnlyList<CoroutineFrame>> framesOf)
    {
        Turn = scheduler.Turns;
        ReadyCount = scheduler.ReadyCount;
        WatchedCount = scheduler.Watched.Count;
        Ready = [.. scheduler.Ready().Select(coroutine => coroutine.Id)];
        var now = Deadline.Now(scheduler.Clock);
        Coroutines = LiveCoroutines
            .Of(scheduler)
            .ConvertAll(coroutine => new CoroutineDump(coroutine, framesOf(coroutine), now));
    }

    /// <summary>How many turns had been begun.</summary>
    public long Turn { get; }

    /// <summary>How many coroutines stood in the ready queue.</summary>
    public int ReadyCount { get; }

    /// <summary>The numbers of the coroutines in the ready queue, in the order in which they are resumed. One that is being
    /// resumed has left it.</summary>
    public IReadOnlyList<int> Ready { get; }

    /// <summary>How many descriptors were watched.</summary>
    public int WatchedCount { get; }

    /// <summary>The coroutines that lived, in the order of their spawning.</summary>
    public IReadOnlyList<CoroutineDump> Coroutines { get; }

    /// <summary>Writes it as JSON: an object whose first property, <c>schema</c>, is <see cref="SchemaVersion"/>.</summary>
    public void WriteTo(Utf8JsonWriter json)
    {
        ArgumentNullException.ThrowIfNull(json);
        DumpJson.Write(this, json);
    }

    /// <summary>It as JSON, indented.</summary>
    public string ToJson()
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes, new JsonWriterOptions { Indented = true }))
            WriteTo(json);
        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    /// <summary>It as text for people; coroutines that stand at the same lines are listed together.</summary>
    public override string ToString() => DumpText.Of(this);
}
