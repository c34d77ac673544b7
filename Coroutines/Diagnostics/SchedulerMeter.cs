using System.Diagnostics.Metrics;

namespace Coroutines.Diagnostics;

/// <summary>The instruments of one scheduler. Names and units follow OpenTelemetry's conventions.</summary>
/// <remarks>What is observed is read on the listener's thread: only numbers that can be read whole on any thread, never
/// a collection. Such a number may be a turn old.</remarks>
internal sealed class SchedulerMeter : IDisposable
{
    // From what a mere resume takes to what nobody must do in a coroutine, in steps of about three.
    private static readonly double[] StepBoundaries =
    [
        1e-6,
        3e-6,
        1e-5,
        3e-5,
        1e-4,
        3e-4,
        1e-3,
        3e-3,
        1e-2,
        3e-2,
        0.1,
        0.3,
        1,
    ];

    private static readonly int[] ReadyBoundaries = [0, 1, 3, 10, 30, 100, 300, 1_000, 3_000, 10_000];

    private readonly KeyValuePair<string, object?> whose;
    private readonly Meter meter;
    private readonly Histogram<int> ready;
    private readonly Histogram<double> steps;

    public SchedulerMeter(Scheduler scheduler, string name)
    {
        whose = new("coroutines.scheduler", name);
        meter = new Meter(
            new MeterOptions(SchedulerTelemetry.SourceName)
            {
                Version = typeof(Scheduler).Assembly.GetName().Version?.ToString(fieldCount: 3),
                Scope = scheduler,
            }
        );
        ObserveCoroutines(scheduler);
        ObserveTurns(scheduler);
        ObserveWaits(scheduler);
        ready = meter.CreateHistogram(
            "coroutines.turn.ready",
            "{coroutine}",
            "How many coroutines a turn resumed.",
            advice: new InstrumentAdvice<int> { HistogramBucketBoundaries = ReadyBoundaries }
        );
        steps = meter.CreateHistogram(
            "coroutines.step.duration",
            "s",
            "How long a coroutine held the thread, from a resume to its next wait or its end.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = StepBoundaries }
        );
    }

    /// <summary>Whether somebody listens to what is measured as it happens.</summary>
    public bool IsMeasured => MeasuresSteps || ready.Enabled;

    /// <summary>Whether somebody listens to the duration of steps, for which the clock must be read.</summary>
    public bool MeasuresSteps => steps.Enabled;

    public void Measure(TimeSpan step) => steps.Record(step.TotalSeconds, whose);

    public void MeasureReady(int coroutines) => ready.Record(coroutines, whose);

    public void Dispose() => meter.Dispose();

    private void ObserveCoroutines(Scheduler scheduler)
    {
        var tally = scheduler.Tally;
        meter.CreateObservableUpDownCounter(
            "coroutines.alive",
            () => Measured(scheduler.Count),
            "{coroutine}",
            "How many coroutines have been spawned and have not ended."
        );
        meter.CreateObservableCounter(
            "coroutines.spawned",
            () => Measured(tally.Spawned),
            "{coroutine}",
            "How many coroutines were spawned."
        );
        meter.CreateObservableCounter<long>(
            "coroutines.ended",
            () =>
                [
                    Ended("completed", tally.Completed),
                    Ended("failed", tally.Failed),
                    Ended("cancelled", tally.Cancelled),
                ],
            "{coroutine}",
            "How many coroutines have ended, by outcome."
        );
    }

    private void ObserveTurns(Scheduler scheduler)
    {
        var tally = scheduler.Tally;
        meter.CreateObservableCounter(
            "coroutines.turns",
            () => Measured(tally.Turns),
            "{turn}",
            "How many turns the scheduler ran."
        );
        meter.CreateObservableCounter(
            "coroutines.resumes",
            () => Measured(tally.Resumed),
            "{resume}",
            "How often a coroutine was resumed."
        );
    }

    private void ObserveWaits(Scheduler scheduler)
    {
        var timers = scheduler.Timers;
        var watched = scheduler.Watched;
        meter.CreateObservableUpDownCounter(
            "coroutines.timers",
            () => Measured(timers.Count),
            "{timer}",
            "How many deadlines are watched."
        );
        meter.CreateObservableUpDownCounter(
            "coroutines.descriptors",
            () => Measured(watched.Count),
            "{descriptor}",
            "How many sockets are watched."
        );
    }

    private Measurement<T> Measured<T>(T value)
        where T : struct => new(value, whose);

    private Measurement<long> Ended(string outcome, long coroutines) =>
        new(coroutines, whose, new("coroutines.outcome", outcome));
}
