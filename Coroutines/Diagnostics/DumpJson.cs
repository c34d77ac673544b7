using System.Text.Json;

namespace Coroutines.Diagnostics;

/// <summary>Writes a dump as JSON. What isn't there is left out.</summary>
internal static class DumpJson
{
    public static void Write(SchedulerDump dump, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("schema", SchedulerDump.SchemaVersion);
        json.WriteNumber("turn", dump.Turn);
        json.WriteNumber("ready", dump.ReadyCount);
        json.WriteNumber("watched", dump.WatchedCount);
        json.WriteStartArray("coroutines");
        foreach (var coroutine in dump.Coroutines)
            Write(coroutine, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(CoroutineDump coroutine, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteNumber("id", coroutine.Id);
        json.WriteString("name", coroutine.Name);
        json.WriteString("state", coroutine.State.ToString());
        if (coroutine.ParentId is { } parent)
            json.WriteNumber("parent", parent);
        if (coroutine.WaitsFor is { } kind)
            json.WriteString("waitsFor", kind.ToString());
        if (coroutine.WaitsOn is { } subject)
            json.WriteString("waitsOn", subject);
        if (coroutine.Descriptor is { } number)
            json.WriteNumber("descriptor", number);
        if (coroutine.Suspended is { } time)
            json.WriteNumber("suspendedSeconds", time.TotalSeconds);
        json.WriteStartArray("frames");
        foreach (var frame in coroutine.Frames)
            Write(frame, json);
        json.WriteEndArray();
        json.WriteEndObject();
    }

    private static void Write(CoroutineFrame frame, Utf8JsonWriter json)
    {
        json.WriteStartObject();
        json.WriteString("method", frame.Method);
        json.WriteString("position", frame.Position.ToString());
        if (frame.Source is { } source)
        {
            json.WriteString("file", source.Document.Path);
            json.WriteNumber("line", source.Line);
            json.WriteNumber("column", source.Column);
        }
        json.WriteStartObject("variables");
        foreach (var variable in frame.Variables)
            json.WriteString(variable.Name, variable.Value);
        json.WriteEndObject();
        if (frame.Missing is { } missing)
            json.WriteString("missing", missing);
        json.WriteEndObject();
    }
}
