using System.Diagnostics.Metrics;
using Coroutines.Diagnostics;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: a scheduler's totals, states and durations are offered as metrics.</summary>
public sealed class MetricsScenarios
{
    private readonly Simulation simulation = new();
    private SchedulerTelemetry telemetry = null!;

    private Scheduler Scheduler => simulation.Scheduler;

    [SetUp]
    public void GivenTelemetry() => telemetry = new SchedulerTelemetry(Scheduler, "one");

    [TearDown]
    public void End()
    {
        telemetry.Dispose();
        simulation.Dispose();
    }

    [Test]
    public void Coroutines_are_counted_by_outcome()
    {
        using var measurements = new Measurements(Scheduler);
        WhenFourCoroutinesRunAndThreeEnd();
        measurements.Observe();
        measurements["coroutines.spawned"].ShouldBe([4]);
        measurements["coroutines.alive"].ShouldBe([1]);
        measurements["coroutines.ended completed"].ShouldBe([1]);
        measurements["coroutines.ended failed"].ShouldBe([1]);
        measurements["coroutines.ended cancelled"].ShouldBe([1]);
    }

    [Test]
    public void Totals_reach_back_to_before_the_listener_came()
    {
        WhenFourCoroutinesRunAndThreeEnd();
        using var measurements = new Measurements(Scheduler);
        measurements.Observe()["coroutines.spawned"].ShouldBe([4]);
        measurements["coroutines.resumes"].ShouldBe([4]); // one ended, one failed in its second, one waits
        measurements["coroutines.turns"].ShouldBe([Scheduler.Turns]);
    }

    [Test]
    public void Timers_and_descriptors_are_what_is_watched_now()
    {
        using var measurements = new Measurements(Scheduler);
        Scheduler.Spawn(Reads(simulation.Connect(), TimeSpan.FromSeconds(1)));
        Scheduler.Spawn(Reads(simulation.Connect(), Deadline.None));
        simulation.RunUntilIdle();
        measurements.Observe()["coroutines.timers"].ShouldBe([1]);
        measurements["coroutines.descriptors"].ShouldBe([2]);

        simulation.Advance(TimeSpan.FromSeconds(1));
        measurements.Observe()["coroutines.timers"].ShouldBe([0]);
        measurements["coroutines.descriptors"].ShouldBe([1]);
    }

    [Test]
    public void Each_turn_tells_how_many_it_resumed()
    {
        using var measurements = new Measurements(Scheduler, "coroutines.turn.ready");
        Scheduler.Spawn(PausesOnce());
        Scheduler.Spawn(PausesOnce());
        Scheduler.Spawn(Ends());
        for (var turn = 0; turn < 3; turn++)
            Scheduler.Turn(TimeSpan.Zero);
        measurements["coroutines.turn.ready"].ShouldBe([3, 2, 0]);
    }

    [Test]
    public void A_step_lasts_from_a_resume_to_the_next_wait_or_the_end()
    {
        using var measurements = new Measurements(Scheduler, "coroutines.step.duration");
        Scheduler.Spawn(Works(Milliseconds(5), Milliseconds(20)));
        simulation.RunUntilIdle();
        measurements["coroutines.step.duration"].ShouldBe([0.005, 0.020, 0]);
    }

    [Test]
    public void Whoever_is_cancelled_by_a_step_has_no_part_in_it()
    {
        using var measurements = new Measurements(Scheduler, "coroutines.step.duration");
        var victim = Scheduler.Spawn(Reads(simulation.Connect(), Deadline.None));
        simulation.RunUntilIdle();
        Scheduler.Spawn(Cancels(victim, Milliseconds(7)));
        simulation.RunUntilIdle();
        measurements["coroutines.step.duration"].ShouldBe([0, 0.007]);
    }

    [Test]
    public void A_listener_that_comes_and_goes_measures_the_turns_between()
    {
        Scheduler.Spawn(Works(Milliseconds(1), Milliseconds(2), Milliseconds(4)));
        Scheduler.Turn(TimeSpan.Zero);
        var measurements = new Measurements(Scheduler, "coroutines.step.duration");
        Scheduler.Turn(TimeSpan.Zero);
        measurements.Dispose();
        Scheduler.Turn(TimeSpan.Zero);
        measurements["coroutines.step.duration"].ShouldBe([0.002]);
    }

    [Test]
    public void Schedulers_are_told_apart_by_the_tag_and_by_the_scope_of_the_meter()
    {
        using var other = new Simulation();
        using var ofOther = new SchedulerTelemetry(other.Scheduler, "two");
        using var measurements = new Measurements(Scheduler);
        using var measurementsOfOther = new Measurements(other.Scheduler);
        other.Scheduler.Spawn(PausesOnce());
        other.RunUntilIdle();

        measurements.Observe()["coroutines.spawned"].ShouldBe([0]);
        measurements.Tags.ShouldContain(("coroutines.scheduler", "one"));
        measurementsOfOther.Observe()["coroutines.spawned"].ShouldBe([1]);
        measurementsOfOther.Tags.ShouldContain(("coroutines.scheduler", "two"));
    }

    [Test]
    public void Every_measurement_says_whose_it_is_and_what_it_counts()
    {
        using var measurements = new Measurements(Scheduler);
        WhenFourCoroutinesRunAndThreeEnd();
        measurements.Observe();
        measurements.Instruments.ShouldAllBe(one => one.Meter.Name == SchedulerTelemetry.SourceName);
        measurements.Instruments.ShouldAllBe(one => one.Name.StartsWith("coroutines."));
        measurements.Instruments.ShouldAllBe(one => one.Unit == "s" || one.Unit!.StartsWith('{'));
        measurements.Instruments.ShouldAllBe(one => one.Description!.EndsWith('.'));
        measurements
            .Tags.Select(tag => tag.Name)
            .Distinct()
            .ShouldBe(["coroutines.scheduler", "coroutines.outcome"], true);
    }

    [Test]
    public void What_is_disposed_is_offered_no_longer()
    {
        telemetry.Dispose();
        telemetry.Dispose();
        using var measurements = new Measurements(Scheduler);
        measurements.Instruments.ShouldBeEmpty();
    }

    [Test]
    public void Another_thread_may_observe_while_the_scheduler_runs()
    {
        Scheduler.Spawn(PausesFor(10_000));
        using var measurements = new Measurements(
            Scheduler,
            "coroutines.turns",
            "coroutines.alive",
            "coroutines.timers"
        );
        var observed = new List<double>();
        var observer = new Thread(() =>
        {
            do observed.AddRange(measurements.Observe()["coroutines.turns"]);
            while (observed[^1] < 10_001);
        });
        observer.Start();
        simulation.RunUntilIdle(maxTurns: 10_001);
        observer.Join(TimeSpan.FromSeconds(10)).ShouldBeTrue();
        observed.ShouldBeInOrder();
        observed[^1].ShouldBe(10_001);
    }

    [Test]
    public void A_scheduler_without_a_name_is_refused() =>
        Should.Throw<ArgumentException>(() => new SchedulerTelemetry(Scheduler, ""));

    private void WhenFourCoroutinesRunAndThreeEnd()
    {
        Scheduler.Failed += (_, _) => { };
        Scheduler.Spawn(Ends());
        Scheduler.Spawn(Fails());
        Scheduler.Spawn(Reads(simulation.Connect(), Deadline.None)).Cancel();
        Scheduler.Spawn(Reads(simulation.Connect(), Deadline.None));
        simulation.RunUntilIdle();
    }

    private static TimeSpan Milliseconds(int count) => TimeSpan.FromMilliseconds(count);

    private static IEnumerator<Wait> Ends()
    {
        yield break;
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }

    private static IEnumerator<Wait> PausesOnce() => PausesFor(1);

    private static IEnumerator<Wait> PausesFor(int turns)
    {
        for (var turn = 0; turn < turns; turn++)
            yield return Pause();
    }

    private IEnumerator<Wait> Works(params TimeSpan[] steps)
    {
        foreach (var step in steps)
        {
            simulation.Clock.Advance(step);
            yield return Pause();
        }
    }

    private IEnumerator<Wait> Cancels(Coroutine victim, TimeSpan step)
    {
        victim.Cancel();
        simulation.Clock.Advance(step);
        yield break;
    }

    private static IEnumerator<Wait> Reads(ScriptedPeer peer, Deadline deadline)
    {
        yield return WantRead(peer.Connection, deadline);
    }
}
