using System.Globalization;
using System.Text.Json;
using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger.Web;

/// <summary>Writes one moment for the page.</summary>
internal static class MomentJson
{
    public static void WriteOrNull(Utf8JsonWriter json, Snapshot? moment)
    {
        if (moment is null)
            json.WriteNullValue();
        else
            Write(json, moment);
    }

    public static void Write(Utf8JsonWriter json, Snapshot moment)
    {
        json.WriteStartObject();
        json.WriteNumber("number", moment.Number);
        json.WriteNumber("turn", moment.Turn);
        json.WriteString("phase", TimelineJson.NameOf(moment.Phase));
        json.WriteBoolean("light", moment.IsLight);
        json.WriteNumberOrNull("next", moment.Next);
        json.WriteString("headline", moment.Headline);
        json.WriteArray("events", moment.Events, json.WriteStringValue);
        WriteSets(json, moment.Sets);
        json.WriteArray("ready", moment.Ready, json.WriteNumberValue);
        json.WriteStartArray("coroutines");
        foreach (var coroutine in moment.Coroutines)
            Write(json, coroutine, moment);
        foreach (var failed in moment.Failed)
            Write(json, failed);
        json.WriteEndArray();
        json.WriteArray("network", moment.Network, wire => Write(json, wire));
        TablesJson.WriteOrNull(json, "models", moment.Tables);
        json.WriteEndObject();
    }

    private static void WriteSets(Utf8JsonWriter json, PollSets? sets)
    {
        if (sets is null)
        {
            json.WriteNull("sets");
            return;
        }
        json.WriteStartObject("sets");
        WriteSet(json, "asked", sets.AskedToRead, sets.AskedToWrite);
        if (sets.Readable is null)
            json.WriteNull("returned");
        else
            WriteSet(json, "returned", sets.Readable, sets.Writable!);
        json.WriteString("timeout", sets.Limit);
        json.WriteBoolean("wouldBlock", sets.WouldBlock);
        json.WriteString("outlook", sets.Outlook);
        json.WriteEndObject();
    }

    private static void WriteSet(Utf8JsonWriter json, string name, IReadOnlyList<int> read, IReadOnlyList<int> write)
    {
        json.WriteStartObject(name);
        json.WriteArray("read", read, json.WriteNumberValue);
        json.WriteArray("write", write, json.WriteNumberValue);
        json.WriteArray<int>("except", [], json.WriteNumberValue);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, CoroutineDump coroutine, Snapshot moment)
    {
        json.WriteStartObject();
        json.WriteNumber("id", coroutine.Id);
        json.WriteString("name", coroutine.Name);
        json.WriteString("state", coroutine.State.ToString());
        json.WriteString("wait", WaitOf(coroutine));
        json.WriteNumberOrNull("fd", coroutine.Descriptor);
        json.WriteNumberOrNull("parent", coroutine.ParentId);
        json.WriteString("since", coroutine.Suspended is { } time ? Seconds(time) : null);
        json.WriteString("at", coroutine.Frames is [{ Source: { } line }, ..] ? line.ToString() : null);
        json.WriteString("url", moment.Targets.GetValueOrDefault(coroutine.Id));
        json.WriteNull("failure");
        json.WriteArray("frames", coroutine.Frames, frame => Write(json, frame));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, FailedCoroutine failed)
    {
        json.WriteStartObject();
        json.WriteNumber("id", failed.Id);
        json.WriteString("name", failed.Name);
        json.WriteString("state", "Failed");
        json.WriteNull("wait");
        json.WriteNull("fd");
        json.WriteNull("parent");
        json.WriteNull("since");
        json.WriteString("at", failed.At);
        json.WriteNull("url");
        json.WriteString("failure", failed.Failure);
        json.WriteArray("frames", failed.Frames, frame => Write(json, frame));
        json.WriteEndObject();
    }

    // A descriptor stands in a column of its own.
    private static string? WaitOf(CoroutineDump coroutine) =>
        coroutine.WaitsFor is not { } kind ? null
        : kind == WaitKind.Any ? coroutine.WaitsOn
        : coroutine is { Descriptor: null, WaitsOn: { } subject } ? $"{kind} {subject}"
        : kind.ToString();

    private static void Write(Utf8JsonWriter json, CoroutineFrame frame)
    {
        var file = frame.Source is { } source ? SourceTree.NameOf(source.Document) : null;
        json.WriteStartObject();
        json.WriteString("method", frame.Method);
        json.WriteString("file", file);
        json.WriteNumberOrNull("line", frame.Source?.Line);
        json.WriteBoolean("library", file is not null && SourceTree.IsLibrary(file));
        json.WriteString("missing", frame.Missing);
        json.WriteArray("locals", frame.Variables, variable => Write(json, variable));
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Variable variable)
    {
        json.WriteStartObject();
        json.WriteString("name", variable.Name);
        json.WriteString("value", variable.Value);
        json.WriteEndObject();
    }

    private static void Write(Utf8JsonWriter json, Wire wire)
    {
        json.WriteStartObject();
        json.WriteNumber("fd", wire.Descriptor);
        json.WriteString("peer", wire.Peer);
        json.WriteNumber("kernel", wire.AvailableBytes);
        json.WriteNumberOrNull("read", wire.ReceivedBytes);
        json.WriteString("readText", wire.LastReceived);
        json.WriteNumberOrNull("sent", wire.SentBytes);
        json.WriteNumberOrNull("left", wire.LeftBytes);
        json.WriteString("lastSend", wire.LastSend);
        json.WriteEndObject();
    }

    private static string Seconds(TimeSpan time) =>
        string.Create(CultureInfo.InvariantCulture, $"{time.TotalSeconds:0.00} s");
}
