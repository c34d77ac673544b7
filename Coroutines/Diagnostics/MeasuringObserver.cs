using Coroutines.Polling;

namespace Coroutines.Diagnostics;

/// <summary>Measures steps and turns, while somebody listens to that.</summary>
internal sealed class MeasuringObserver(SchedulerMeter meter, TimeProvider clock) : SchedulerObserver
{
    private int resumed;
    private Coroutine? stepping;
    private long began;

    public override bool IsActive => meter.IsMeasured;

    public override void Resuming(Coroutine coroutine)
    {
        resumed++;
        if (meter.MeasuresSteps)
            (stepping, began) = (coroutine, clock.GetTimestamp());
    }

    public override void Suspended(Coroutine coroutine, Wait wait) => EndStep(coroutine);

    public override void Ended(Coroutine coroutine) => EndStep(coroutine);

    public override void Polling(WatchList watched, TimeSpan timeout)
    {
        meter.MeasureReady(resumed);
        resumed = 0;
    }

    private void EndStep(Coroutine coroutine)
    {
        if (coroutine != stepping)
            return; // it was cancelled by the one that runs
        stepping = null;
        meter.Measure(clock.GetElapsedTime(began));
    }
}
