using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>Writes what the page shows now.</summary>
/// <param name="study">What is studied.</param>
/// <param name="address">Its address.</param>
/// <param name="clients">The clients that the page has started.</param>
/// <param name="notice">What is to be said to whoever looks; null if nothing is.</param>
internal sealed class StateJson(Study study, Uri address, Clients clients, Func<string?> notice)
{
    public void Write(Utf8JsonWriter json, long version)
    {
        var mode = ModeOf(study.Stepper.Brake); // first: where it stands still was kept before
        var last = study.Stepper.Snapshots.Last;
        json.WriteStartObject();
        json.WriteNumber("version", version);
        json.WriteString("mode", mode);
        json.WriteString("model", study.Model);
        json.WriteString("address", address.ToString().TrimEnd('/'));
        json.WriteString("notice", notice());
        WriteHog(json);
        json.WriteStartArray("breakpoints");
        foreach (var breakpoint in study.Stepper.Breakpoints.All)
            json.WriteStringValue(breakpoint.Text);
        json.WriteEndArray();
        WriteFaults(json, study.Network.Faults);
        clients.Write(json);
        json.WriteNumber("first", study.Stepper.Snapshots.FirstNumber);
        json.WriteNumber("last", last?.Number ?? 0);
        json.WritePropertyName("moment");
        MomentJson.WriteOrNull(json, last);
        json.WriteEndObject();
    }

    private static string ModeOf(Brake brake) =>
        brake.IsParked ? "paused"
        : brake.Mode == StepMode.Running ? "running"
        : "stepping";

    private void WriteHog(Utf8JsonWriter json)
    {
        if (study.Hog?.Step is not { } step)
        {
            json.WriteNull("hogged");
            return;
        }
        json.WriteStartObject("hogged");
        json.WriteNumber("id", step.CoroutineId);
        json.WriteString("name", step.CoroutineName);
        json.WriteString("at", step.Source?.ToString() ?? step.Method);
        json.WriteNumber("milliseconds", (long)study.Hog.Elapsed.TotalMilliseconds);
        json.WriteEndObject();
    }

    private static void WriteFaults(Utf8JsonWriter json, Faults faults)
    {
        json.WriteStartObject("faults");
        WriteLimit(json, "receive", faults.ReceiveBytes);
        WriteLimit(json, "send", faults.SendBytes);
        json.WriteEndObject();
    }

    private static void WriteLimit(Utf8JsonWriter json, string name, int bytes)
    {
        if (bytes == int.MaxValue)
            json.WriteNull(name);
        else
            json.WriteNumber(name, bytes);
    }
}
