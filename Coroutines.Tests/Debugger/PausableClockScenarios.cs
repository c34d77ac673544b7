using Coroutines.Testing;
using global::Server.Host.Debugger;

namespace Coroutines.Tests.Debugger;

/// <summary>Feature: the clock of a server that stands still does so, too.</summary>
public sealed class PausableClockScenarios
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    private readonly ManualClock outside = new();
    private readonly PausableClock clock;

    public PausableClockScenarios() => clock = new(outside);

    [Test]
    public void It_goes_as_the_one_outside()
    {
        var before = clock.GetTimestamp();
        outside.Advance(Minute);
        clock.GetElapsedTime(before).ShouldBe(Minute);
    }

    [Test]
    public void Stopped_it_shows_the_same_time_and_goes_on_from_there()
    {
        var before = clock.GetTimestamp();
        clock.Stop();
        outside.Advance(Minute);
        clock.GetElapsedTime(before).ShouldBe(TimeSpan.Zero);
        clock.Start();
        outside.Advance(Minute);
        clock.GetElapsedTime(before).ShouldBe(Minute);
    }

    [Test]
    public void To_stop_or_to_start_it_again_does_nothing()
    {
        var before = clock.GetTimestamp();
        clock.Start();
        clock.Stop();
        outside.Advance(Minute);
        clock.Stop();
        outside.Advance(Minute);
        clock.Start();
        clock.Start();
        clock.GetElapsedTime(before).ShouldBe(TimeSpan.Zero);
    }

    [Test]
    public void The_time_of_day_goes_on()
    {
        var before = clock.GetUtcNow();
        clock.Stop();
        outside.Advance(Minute);
        (clock.GetUtcNow() - before).ShouldBe(Minute);
    }
}
