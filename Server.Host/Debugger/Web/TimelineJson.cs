using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>Writes what happened between the moments that are kept: a lane for each coroutine, and one for the poller.
/// </summary>
internal static class TimelineJson
{
    private const int MaxTextLength = 300;

    public static void Write(Utf8JsonWriter json, SnapshotRing ring, long from)
    {
        json.WriteStartObject();
        json.WriteNumber("first", ring.FirstNumber);
        json.WriteNumber("last", ring.Last?.Number ?? 0);
        json.WriteArray("entries", ring.From(from), moment => WriteEntry(json, moment));
        json.WriteEndObject();
    }

    public static void WriteEntry(Utf8JsonWriter json, Snapshot moment)
    {
        json.WriteStartObject();
        json.WriteNumber("number", moment.Number);
        json.WriteNumber("turn", moment.Turn);
        json.WriteString("phase", NameOf(moment.Phase));
        json.WriteNumberOrNull("next", moment.Next);
        json.WriteString("text", TextOf(moment));
        json.WriteArray("marks", moment.Happenings, happening => WriteMark(json, happening));
        json.WriteEndObject();
    }

    public static string NameOf(Phase phase) =>
        phase switch
        {
            Phase.Resume => "resume",
            Phase.Poll => "poll",
            Phase.Polled => "polled",
            Phase.ByKernel => "kernel",
            _ => "running",
        };

    private static void WriteMark(Utf8JsonWriter json, Happening happening)
    {
        if (KindOf(happening.Kind) is not { } kind)
            return;
        json.WriteStartObject();
        json.WriteNumberOrNull("id", happening.Id);
        json.WriteString("kind", kind);
        json.WriteString("name", happening.Name);
        json.WriteEndObject();
    }

    // That one waits is seen by the end of its running.
    private static string? KindOf(HappeningKind kind) =>
        kind switch
        {
            HappeningKind.Spawn => "spawn",
            HappeningKind.Run => "run",
            HappeningKind.End => "end",
            HappeningKind.Cancelled => "cancelled",
            HappeningKind.Failed => "failed",
            HappeningKind.Read => "read",
            HappeningKind.Write => "write",
            HappeningKind.Partial => "partial",
            HappeningKind.Fault => "fault",
            HappeningKind.Poll => "poll",
            HappeningKind.Stop => "stop",
            _ => null,
        };

    private static string TextOf(Snapshot moment)
    {
        var text = moment.Happenings.Count == 0 ? moment.Headline : string.Join("; ", moment.Events);
        return text.Length <= MaxTextLength ? text : text[..MaxTextLength] + "...";
    }
}
