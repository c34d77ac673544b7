using Coroutines.Testing;

namespace Coroutines.Tests.Testing;

/// <summary>Feature: what a script can't play is refused when it is written, not found out when it runs.</summary>
public sealed class ScriptedPeerScenarios
{
    private readonly Simulation simulation = new();

    [TearDown]
    public void End() => simulation.Dispose();

    [Test]
    public void Limits_out_of_their_range_are_refused()
    {
        var peer = simulation.Connect();
        Should.Throw<ArgumentOutOfRangeException>(() => peer.MaxBytesPerSend = 0);
        Should.Throw<ArgumentOutOfRangeException>(() => peer.Window = -1);
        Should.Throw<ArgumentOutOfRangeException>(() => peer.SpuriousWakeups = -1);
        Should.Throw<ArgumentOutOfRangeException>(() => peer.SendsInPieces("ab"u8, 0));
        (peer.MaxBytesPerSend, peer.Window, peer.SpuriousWakeups).ShouldBe((int.MaxValue, long.MaxValue, 0));
    }

    [Test]
    public void Limits_at_the_end_of_their_range_are_taken()
    {
        var peer = simulation.Connect();
        (peer.MaxBytesPerSend, peer.Window, peer.SpuriousWakeups) = (1, 0, 0);
        (peer.MaxBytesPerSend, peer.Window, peer.SpuriousWakeups).ShouldBe((1, 0, 0));
    }

    [Test]
    public void A_listener_cannot_be_told_to_fail_by_accepting() =>
        Should.Throw<ArgumentOutOfRangeException>(() =>
            simulation.Listen().FailsToAccept(Coroutines.Sockets.AcceptResult.Accepted)
        );

    [Test]
    public void A_timer_of_the_clock_that_was_disposed_of_cannot_be_set_again()
    {
        var fired = 0;
        var timer = simulation.Clock.CreateTimer(
            _ => fired++,
            null,
            Timeout.InfiniteTimeSpan,
            Timeout.InfiniteTimeSpan
        );
        timer.Dispose();
        timer.Change(TimeSpan.Zero, Timeout.InfiniteTimeSpan).ShouldBeFalse();
        simulation.Clock.Advance(TimeSpan.FromSeconds(1));
        fired.ShouldBe(0);
    }
}
