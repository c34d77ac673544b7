using System.Diagnostics.Metrics;

namespace Coroutines.Diagnostics;

/// <summary>Offers metrics and events of one scheduler to whatever collects them in this process: a
/// <see cref="MeterListener"/>, OpenTelemetry, <c>dotnet-counters</c>, <c>dotnet-trace</c>.</summary>
/// <remarks>
/// <para>Totals and states are read from what the scheduler counts anyway. Only what must be measured as it happens, the
/// two histograms and the events, needs an observer; it is active from the turn in which somebody begins to listen to the
/// one in which nobody does any more. So without a listener there are a few comparisons a turn, and none a resume.</para>
/// <para>Each scheduler has a <see cref="Meter"/> of its own, with the scheduler as <see cref="Meter.Scope"/>. Every
/// measurement has the tag <c>coroutines.scheduler</c>, and every event the parameter <c>scheduler</c>, whose value is the
/// name given here. The instruments are listed in docs/metrics.md.</para>
/// </remarks>
public sealed class SchedulerTelemetry : IDisposable
{
    /// <summary>The name of the meter, and of the event source: <c>Coroutines</c>.</summary>
    public const string SourceName = "Coroutines";

    private readonly Scheduler scheduler;
    private readonly SchedulerMeter meter;
    private readonly SchedulerObserver[] observers;

    /// <summary>Offers them until it is disposed. Called on the scheduler's thread, or before that runs.</summary>
    /// <param name="scheduler">Whose.</param>
    /// <param name="name">What tells the scheduler from others of this process. Not empty.</param>
    /// <exception cref="ArgumentNullException">An argument is null.</exception>
    /// <exception cref="ArgumentException"><paramref name="name"/> is empty.</exception>
    public SchedulerTelemetry(Scheduler scheduler, string name)
    {
        ArgumentNullException.ThrowIfNull(scheduler);
        ArgumentException.ThrowIfNullOrEmpty(name);
        this.scheduler = scheduler;
        meter = new SchedulerMeter(scheduler, name);
        observers = [new MeasuringObserver(meter, scheduler.Clock), new EventWritingObserver(name)];
        foreach (var observer in observers)
            scheduler.Attach(observer);
    }

    /// <summary>Offers them no longer. Called on the scheduler's thread, or after that has run. Calling it again does
    /// nothing.</summary>
    public void Dispose()
    {
        foreach (var observer in observers)
            scheduler.Detach(observer);
        meter.Dispose();
    }
}
