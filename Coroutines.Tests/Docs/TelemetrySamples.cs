using Coroutines.Diagnostics;
using Coroutines.Tests.Diagnostics;

namespace Coroutines.Tests.Docs;

/// <summary>Metrics and events by one line.</summary>
public sealed class TelemetrySamples
{
    [Test]
    public void One_line_offers_metrics()
    {
        // sample: telemetry
        using var scheduler = new Scheduler();
        using var telemetry = new SchedulerTelemetry(scheduler, "server");
        // end sample
        using var measurements = new Measurements(scheduler);
        measurements.Observe()["coroutines.alive"].ShouldBe([0]);
    }
}
