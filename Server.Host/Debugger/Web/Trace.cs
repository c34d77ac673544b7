using System.Buffers;
using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>What is kept, as lines of JSON: what it is, the sources that it needs, what happened, and the moments.</summary>
internal static class Trace
{
    /// <summary>The version of the lines. It changes when something goes, or means something else; not when something is
    /// added.</summary>
    public const int SchemaVersion = 2;

    /// <param name="study">What is studied.</param>
    /// <param name="address">Its address.</param>
    /// <param name="sources">Where sources are found.</param>
    /// <param name="now">The time of day.</param>
    public static IEnumerable<string> Lines(Study study, Uri address, SourceTree sources, DateTimeOffset now)
    {
        var moments = study.Stepper.Snapshots.From(0);
        yield return Line(json => WriteHead(json, study.Model, address, now));
        foreach (var name in SourcesOf(moments))
            if (sources.TextOf(name) is { } text)
                yield return Line(json => WriteSource(json, name, text));
        foreach (var moment in moments)
            yield return Line(json => Write(json, "entry", moment, TimelineJson.WriteEntry));
        foreach (var moment in moments)
            yield return Line(json => Write(json, "moment", moment, MomentJson.Write));
    }

    private static IEnumerable<string> SourcesOf(IEnumerable<Snapshot> moments) =>
        moments
            .SelectMany(moment => moment.Coroutines)
            .SelectMany(coroutine => coroutine.Frames)
            .Where(frame => frame.Source is not null)
            .Select(frame => frame.Source!.Value.Document)
            .Distinct()
            .Select(SourceTree.NameOf)
            .Order(StringComparer.Ordinal);

    private static void WriteHead(Utf8JsonWriter json, string model, Uri address, DateTimeOffset now)
    {
        json.WriteNumber("schema", SchemaVersion);
        json.WriteString("model", model);
        json.WriteString("address", address.ToString().TrimEnd('/'));
        json.WriteString("recorded", now.ToString("yyyy-MM-ddTHH:mm:ssZ", CultureInfo.InvariantCulture));
    }

    private static void WriteSource(Utf8JsonWriter json, string name, string text)
    {
        json.WriteString("source", name);
        json.WriteString("text", text);
    }

    private static void Write(Utf8JsonWriter json, string name, Snapshot moment, Action<Utf8JsonWriter, Snapshot> write)
    {
        json.WritePropertyName(name);
        write(json, moment);
    }

    private static string Line(Action<Utf8JsonWriter> write)
    {
        var bytes = new ArrayBufferWriter<byte>();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            write(json);
            json.WriteEndObject();
        }
        return Encoding.UTF8.GetString(bytes.WrittenSpan);
    }
}
