using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>Writes what the page shows now.</summary>
/// <param name="study">What is studied.</param>
/// <param name="address">Its address.</param>
/// <param name="clients">The clients that the page has started.</param>
/// <param name="notice">What is to be said to whoever looks; null if nothing is.</param>
internal sealed class StateJson(Study study, Uri address, Clients clients, Func<string?> notice)
{
    private readonly Steering steering = new(study);

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
        WriteLacking(json);
        json.WriteString("runsTo", study.Stepper.Breakpoints.Target?.Text);
        WriteHog(json);
        json.WriteArray(
            "breakpoints",
            study.Stepper.Breakpoints.All,
            breakpoint => json.WriteStringValue(breakpoint.Text)
        );
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

    // Why a button has no use; the page says so, beside it.
    private void WriteLacking(Utf8JsonWriter json)
    {
        json.WriteStartObject("lacking");
        json.WriteString("step", steering.Lacking(Abilities.Step));
        json.WriteString("break", steering.Lacking(Abilities.Break));
        json.WriteString("fault", steering.Lacking(Abilities.Fault));
        json.WriteString("reset", steering.Lacking(Abilities.Reset));
        json.WriteEndObject();
    }

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
        json.WriteNumberOrNull("receive", LimitOrNull(faults.ReceiveBytes));
        json.WriteNumberOrNull("send", LimitOrNull(faults.SendBytes));
        json.WriteEndObject();
    }

    private static int? LimitOrNull(int bytes) => bytes == int.MaxValue ? null : bytes;
}
