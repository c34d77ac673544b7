using System.Diagnostics.Tracing;
using Coroutines.Diagnostics;
using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Diagnostics;

/// <summary>Feature: what a scheduler does is written as events, to whoever listens.</summary>
public sealed class EventScenarios
{
    private const long Lives = 1;
    private const long Steps = 2;
    private const long Polls = 4;

    private readonly Simulation simulation = new();
    private readonly string name = $"scheduler {Guid.NewGuid()}";
    private SchedulerTelemetry telemetry = null!;

    private Scheduler Scheduler => simulation.Scheduler;

    [SetUp]
    public void GivenTelemetry() => telemetry = new SchedulerTelemetry(Scheduler, name);

    [TearDown]
    public void End()
    {
        telemetry.Dispose();
        simulation.Dispose();
    }

    [Test]
    public void A_verbose_listener_is_told_each_resume_wait_and_poll()
    {
        using var events = GivenAListener(EventLevel.Verbose);
        WhenAReaderIsSpawnedAndItsPeerSends();
        events.Lines.ShouldBe([
            "Spawned 1, reader",
            "Resuming 1, reader",
            "Suspended 1, reader, Read connection 127.0.0.1:40000 (fd 3)",
            "Polling 1, 0",
            "Polled 1",
            "Resuming 1, reader",
            "Ended 1, reader, Completed",
            "Polling 0, 0",
            "Polled 0",
        ]);
    }

    [Test]
    public void An_informational_listener_is_told_beginnings_and_ends()
    {
        using var events = GivenAListener(EventLevel.Informational);
        WhenAReaderIsSpawnedAndItsPeerSends();
        events.Lines.ShouldBe(["Spawned 1, reader", "Ended 1, reader, Completed"]);
    }

    [Test]
    public void A_listener_to_errors_is_told_failures()
    {
        Scheduler.Failed += (_, _) => { };
        using var events = GivenAListener(EventLevel.Error);
        Scheduler.Spawn(Fails(), "bad");
        simulation.RunUntilIdle();
        events.Lines.ShouldBe(["Failed 1, bad, System.FormatException, broken"]);
    }

    [Test]
    public void What_cannot_be_read_does_not_end_the_telling()
    {
        Scheduler.Failed += (_, _) => { };
        using var events = GivenAListener(EventLevel.Verbose, Lives | Steps);
        Scheduler.Spawn(FailsUnreadably(new Unreadable(simulation.Connect().Connection)), "bad");
        simulation.RunUntilIdle();
        events.Lines.ShouldBe([
            "Spawned 1, bad",
            "Resuming 1, bad",
            "Suspended 1, bad, (unreadable: FormatException)",
            "Resuming 1, bad",
            $"Failed 1, bad, {typeof(UnreadableException)}, (unreadable: NotSupportedException)",
        ]);
    }

    [TestCase(Lives, "Spawned 1, reader")]
    [TestCase(Steps, "Resuming 1, reader")]
    [TestCase(Polls, "Polling 1, 0")]
    public void Keywords_choose_among_lives_steps_and_polls(long keyword, string first)
    {
        using var events = GivenAListener(EventLevel.Verbose, keyword);
        WhenAReaderIsSpawnedAndItsPeerSends();
        events.Lines[0].ShouldBe(first);
    }

    [Test]
    public void A_listener_that_comes_later_is_told_from_the_next_turn_on()
    {
        WhenAReaderIsSpawnedAndItsPeerSends();
        using var events = GivenAListener(EventLevel.Verbose, Steps);
        Scheduler.Spawn(Pauses(), "late");
        simulation.RunUntilIdle();
        events.Lines.ShouldBe(["Resuming 2, late", "Suspended 2, late, Pause", "Resuming 2, late"]);
    }

    [Test]
    public void A_scheduler_without_telemetry_writes_none()
    {
        telemetry.Dispose();
        using var events = GivenAListener(EventLevel.Verbose);
        WhenAReaderIsSpawnedAndItsPeerSends();
        events.Lines.ShouldBeEmpty();
    }

    private Events GivenAListener(EventLevel level, long keywords = 0)
    {
        var events = new Events(name, level, keywords);
        Scheduler.Turn(TimeSpan.Zero); // it is noticed at the start of a turn
        events.Clear();
        return events;
    }

    private void WhenAReaderIsSpawnedAndItsPeerSends()
    {
        var peer = simulation.Connect();
        peer.Sends("hello");
        Scheduler.Spawn(Reads(peer), "reader");
        simulation.RunUntilIdle();
    }

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
    }

    private static IEnumerator<Wait> Pauses()
    {
        yield return Pause();
    }

    private static IEnumerator<Wait> FailsUnreadably(IWaitable waitable)
    {
        yield return WantWrite(waitable);
        throw new UnreadableException();
    }

    private sealed class Unreadable(IWaitable waitable) : IWaitable
    {
        public SocketSlot Slot => waitable.Slot;

        public override string ToString() => throw new FormatException();
    }

    private static IEnumerator<Wait> Fails()
    {
        yield return Pause();
        throw new FormatException("broken");
    }
}
