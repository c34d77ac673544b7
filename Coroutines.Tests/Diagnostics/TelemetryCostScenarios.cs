using System.Diagnostics.Metrics;
using System.Diagnostics.Tracing;
using Coroutines.Diagnostics;
using Coroutines.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: metrics and events that nobody listens to cost nothing; those that are listened to allocate nothing.
/// </summary>
[NonParallelizable]
public sealed class TelemetryCostScenarios
{
    private const int Turns = 1_000;

    private readonly CountingClock clock = new();
    private Scheduler scheduler = null!;
    private SchedulerTelemetry telemetry = null!;

    [SetUp]
    public void GivenACoroutineUnderTelemetry()
    {
        scheduler = new Scheduler(new IdlePoller(), clock);
        telemetry = new SchedulerTelemetry(scheduler, "cost");
        scheduler.Spawn(Pauses());
    }

    [TearDown]
    public void End()
    {
        telemetry.Dispose();
        scheduler.Dispose();
    }

    [Test]
    public void Without_a_listener_nothing_is_allocated() => WhenTurnsAreRun().Bytes.ShouldBe(0);

    [Test]
    public void Without_a_listener_the_clock_is_read_once_a_turn_as_without_telemetry()
    {
        var under = WhenTurnsAreRun().Readings;
        telemetry.Dispose();
        under.ShouldBe(WhenTurnsAreRun().Readings);
        under.ShouldBe(Turns);
    }

    [Test]
    public void With_a_listener_to_totals_alone_the_clock_is_read_no_more_often()
    {
        using var measurements = new Measurements(scheduler, "coroutines.resumes", "coroutines.turn.ready");
        WhenTurnsAreRun().Readings.ShouldBe(Turns);
    }

    [Test]
    public void With_a_listener_each_step_reads_the_clock_twice_and_allocates_nothing()
    {
        using var listener = GivenAListenerThatCounts();
        var (bytes, readings) = WhenTurnsAreRun();
        bytes.ShouldBe(0);
        readings.ShouldBe(3 * Turns);
    }

    [Test]
    public void When_the_listener_has_gone_it_costs_nothing_again()
    {
        GivenAListenerThatCounts().Dispose();
        var (bytes, readings) = WhenTurnsAreRun();
        bytes.ShouldBe(0);
        readings.ShouldBe(Turns);
    }

    [Test]
    public void When_the_listener_to_events_has_gone_nothing_is_allocated_again()
    {
        using (new Events("cost", EventLevel.Verbose))
            WhenTurnsAreRun().Bytes.ShouldBeGreaterThan(0);
        WhenTurnsAreRun().Bytes.ShouldBe(0);
    }

    private MeterListener GivenAListenerThatCounts()
    {
        var listener = new MeterListener
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Scope == scheduler)
                    listener.EnableMeasurementEvents(instrument);
            },
        };
        var measured = 0;
        listener.SetMeasurementEventCallback<int>((_, _, _, _) => measured++);
        listener.SetMeasurementEventCallback<double>((_, _, _, _) => measured++);
        listener.Start();
        RunTurns();
        measured.ShouldBe(2 * Turns);
        return listener;
    }

    /// <returns>How many bytes this thread allocated, and how often the clock was read.</returns>
    private (long Bytes, int Readings) WhenTurnsAreRun()
    {
        RunTurns(); // whatever grows or is compiled at first has then done so
        clock.Readings = 0;
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        RunTurns();
        return (GC.GetAllocatedBytesForCurrentThread() - before, clock.Readings);
    }

    private void RunTurns()
    {
        for (var turn = 0; turn < Turns; turn++)
            scheduler.Turn(TimeSpan.Zero);
    }

    private static IEnumerator<Wait> Pauses()
    {
        while (true)
            yield return Pause();
    }

    private sealed class CountingClock : TimeProvider
    {
        public int Readings { get; set; }

        public override long GetTimestamp() => Readings++;
    }

    private sealed class IdlePoller : IPoller
    {
        public string Name => "idle";

        public void Change(Descriptor descriptor, Interest before) { }

        public void Poll(WatchList watched, TimeSpan timeout, List<Readiness> ready) { }

        public void Wake() { }

        public void Dispose() { }
    }
}
