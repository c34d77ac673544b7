using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using System.Reflection;
using Coroutines.Diagnostics;
using Coroutines.Tests.Diagnostics;

namespace Coroutines.Tests.Docs;

/// <summary>Feature: the tables of metrics and events say what there is.</summary>
public sealed class TelemetryTablesScenarios
{
    private readonly string page = Repository.Page("docs/metrics.md").Text.ReplaceLineEndings("\n");

    [Test]
    public void The_first_has_every_instrument()
    {
        using var scheduler = new Scheduler();
        using var telemetry = new SchedulerTelemetry(scheduler, "page");
        using var measurements = new Measurements(scheduler);
        Rows("`coroutines.").ShouldBe(measurements.Instruments.Select(RowOf), ignoreOrder: true);
    }

    [Test]
    public void The_second_has_every_event()
    {
        var events = typeof(CoroutinesEventSource).GetMethods().Select(RowOf).OfType<string>();
        Rows("`").Except(Rows("`coroutines.")).ShouldBe(events);
    }

    private IEnumerable<string> Rows(string start) =>
        page.Split('\n').Where(line => line.StartsWith($"| {start}", StringComparison.Ordinal));

    private static string RowOf(Instrument instrument) =>
        $"| `{instrument.Name}` | {KindOf(instrument)} | `{instrument.Unit}` | {instrument.Description} |";

    private static string KindOf(Instrument instrument) => instrument.GetType().Name.Split('`')[0];

    private static string? RowOf(MethodInfo method)
    {
        if (method.GetCustomAttribute<EventAttribute>() is not { } written)
            return null;
        var parameters = method.GetParameters().Skip(1).Select(parameter => $"`{parameter.Name}`");
        return $"| `{method.Name}` | {written.Level} | {(long)written.Keywords} | {string.Join(", ", parameters)} |";
    }
}
