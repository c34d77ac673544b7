using Coroutines.Diagnostics;
using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: a coroutine that keeps the loop for too long is reported while it does.</summary>
/// <remarks>Here time passes because the coroutine that runs moves the clock.</remarks>
public sealed class WatchdogScenarios
{
    private static readonly TimeSpan Limit = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Tick = TimeSpan.FromTicks(1);

    private readonly Simulation simulation = new();
    private readonly Story story = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void A_step_is_reported_when_it_reaches_the_limit_and_once_more_when_it_ends()
    {
        using var watchdog = WhenWatched();
        simulation.Scheduler.Spawn(Runs(Limit - Tick, Tick, TimeSpan.FromMilliseconds(300)), "slow");
        simulation.RunUntilIdle();
        story.ShouldBe(
            "ran 0.0999999 s",
            "reached #1 'slow', resumed from WatchdogScenarios.Runs at WatchdogScenarios.cs:N, for 0.100 s",
            "ran 0.1 s",
            "ran 0.4 s",
            "ended #1 'slow', resumed from WatchdogScenarios.Runs at WatchdogScenarios.cs:N, for 0.400 s"
        );
    }

    [Test]
    public void A_step_below_the_limit_is_not_reported()
    {
        using var watchdog = WhenWatched();
        for (var number = 0; number < 5; number++)
            simulation.Scheduler.Spawn(Runs(Limit - Tick));
        simulation.RunUntilIdle();
        story.Count("ran 0.0999999 s").ShouldBe(5);
        story.ShouldBe([.. Enumerable.Repeat("ran 0.0999999 s", 5)]);
    }

    [Test]
    public void Each_step_is_measured_from_its_own_beginning()
    {
        using var watchdog = WhenWatched();
        simulation.Scheduler.Spawn(Runs(Limit * 0.9));
        simulation.Scheduler.Spawn(Runs(Limit * 0.9, Limit * 0.1), "second");
        simulation.RunUntilIdle();
        story.ShouldBe(
            "ran 0.09 s",
            "ran 0.09 s",
            "reached #2 'second', resumed from WatchdogScenarios.Runs at WatchdogScenarios.cs:N, for 0.100 s",
            "ran 0.1 s",
            "ended #2 'second', resumed from WatchdogScenarios.Runs at WatchdogScenarios.cs:N, for 0.100 s"
        );
    }

    [Test]
    public void After_a_rest_it_watches_again()
    {
        using var watchdog = WhenWatched();
        simulation.Scheduler.Spawn(Runs(Tick));
        simulation.RunUntilIdle();
        simulation.Advance(TimeSpan.FromMinutes(1)); // nothing runs: its timer rests
        simulation.Scheduler.Spawn(Runs(Limit), "late");
        simulation.RunUntilIdle();
        story
            .Count("reached #2 'late', resumed from WatchdogScenarios.Runs at WatchdogScenarios.cs:N, for 0.100 s")
            .ShouldBe(1);
    }

    [Test]
    public void A_first_step_has_no_line_to_be_resumed_from()
    {
        using var watchdog = WhenWatched();
        simulation.Scheduler.Spawn(RunsAtOnce(), "first");
        simulation.RunUntilIdle();
        story.ShouldBe(
            "reached #1 'first', begun at WatchdogScenarios.RunsAtOnce, for 0.100 s",
            "ended #1 'first', begun at WatchdogScenarios.RunsAtOnce, for 0.200 s"
        );
    }

    [Test]
    public void A_coroutine_that_runs_tells_from_where_it_was_resumed()
    {
        using var watchdog = WhenWatched();
        simulation.Scheduler.Spawn(Looks());
        simulation.RunUntilIdle();
        story.ShouldBe(
            "WatchdogScenarios.Looks, running, resumed from WatchdogScenarios.cs:N",
            "#1 'coroutine 1', resumed from WatchdogScenarios.Looks at WatchdogScenarios.cs:N, for 0.000 s"
        );
    }

    [Test]
    public void One_that_was_disposed_of_reports_nothing()
    {
        WhenWatched().Dispose();
        simulation.Scheduler.Spawn(Runs(Limit * 2));
        simulation.RunUntilIdle();
        story.ShouldBe("ran 0.2 s");
    }

    [Test]
    public void What_a_handler_throws_is_thrown_by_the_turn_and_it_goes_on_watching()
    {
        using var watchdog = WhenWatched();
        watchdog.LimitReached += _ => throw new FormatException("handler");
        var slow = simulation.Scheduler.Spawn(Runs(Limit, Limit), "slow");
        Should
            .Throw<AggregateException>(() => simulation.RunUntilIdle())
            .InnerException.ShouldBeOfType<FormatException>();
        slow.ShouldHaveCompleted();
        story
            .Count("ended #1 'slow', resumed from WatchdogScenarios.Runs at WatchdogScenarios.cs:N, for 0.200 s")
            .ShouldBe(1);
    }

    [Test]
    public void A_name_cannot_write_a_line_of_its_own()
    {
        using var watchdog = WhenWatched();
        simulation.Scheduler.Spawn(RunsAtOnce(), "one\nINFO two");
        simulation.RunUntilIdle();
        story.Joined.ShouldContain("reached #1 'one\\nINFO two', begun at");
    }

    [TestCase(0.999)]
    [TestCase(3_600_001)]
    public void A_limit_out_of_range_is_refused(double milliseconds) =>
        Should
            .Throw<ArgumentOutOfRangeException>(() =>
                new Watchdog(simulation.Scheduler, TimeSpan.FromMilliseconds(milliseconds))
            )
            .Message.ShouldStartWith("A watchdog's limit must be 1 to 3600000 ms.");

    [TestCase(1)]
    [TestCase(3_600_000)]
    public void A_limit_at_the_end_of_the_range_is_taken(double milliseconds) =>
        Should.NotThrow(() => new Watchdog(simulation.Scheduler, TimeSpan.FromMilliseconds(milliseconds)).Dispose());

    [Test]
    public void Without_one_a_coroutine_that_runs_is_named_alone()
    {
        simulation.Scheduler.Spawn(Looks(), "busy");
        simulation.RunUntilIdle();
        story.ShouldBe(
            "WatchdogScenarios.Looks, running",
            "#1 'busy', from where it was resumed isn't known: no watchdog is on"
        );
    }

    [Test]
    public void A_coroutine_of_another_scheduler_on_the_same_thread_is_not_told_to_run()
    {
        using var other = new Simulation();
        other.Scheduler.Spawn(Runs(), "past");
        other.RunUntilIdle();
        simulation.Scheduler.Spawn(LooksAt(other.Scheduler), "present");
        simulation.RunUntilIdle();
        story.Joined.ShouldEndWith("runs there: none; lives there: 0");
    }

    private Watchdog WhenWatched()
    {
        var watchdog = new Watchdog(simulation.Scheduler, Limit);
        watchdog.LimitReached += step => Tell($"reached {step}");
        watchdog.StepEnded += step => Tell($"ended {step}");
        return watchdog;
    }

    private void Tell(string line) => story.Tell(LineNumber.Aside(line));

    private IEnumerator<Wait> Runs(params TimeSpan[] times)
    {
        yield return Pause();
        var total = TimeSpan.Zero;
        foreach (var time in times)
        {
            simulation.Clock.Advance(time);
            total += time;
            story.Tell(FormattableString.Invariant($"ran {total.TotalSeconds} s"));
        }
    }

    private IEnumerator<Wait> RunsAtOnce()
    {
        simulation.Clock.Advance(Limit * 2);
        yield return Pause();
    }

    private IEnumerator<Wait> LooksAt(Scheduler other)
    {
        yield return Pause();
        Tell($"runs there: {other.RunningStep()?.ToString() ?? "none"}; lives there: {other.Dump().Coroutines.Count}");
    }

    private IEnumerator<Wait> Looks()
    {
        yield return Pause();
        Tell(Coroutine.Current!.Frames()[0].ToString());
        Tell(simulation.Scheduler.RunningStep()!.ToString());
    }
}
