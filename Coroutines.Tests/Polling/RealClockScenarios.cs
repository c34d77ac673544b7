using System.Diagnostics;
using System.Net.Sockets;
using Coroutines.Polling;
using static Coroutines.Wait;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: on a real clock a deadline is never reached early, and waiting for it isn't spinning.</summary>
public sealed class RealClockScenarios(string poller) : PollerFixture(poller)
{
    // A deadline costs a turn that waits, one that finds it due and one that resumes; the timing wheel may add a few.
    private const int MaxTurnsPerDeadline = 6;

    [TestCase(0.9)]
    [TestCase(1)]
    [TestCase(20)]
    [TestCase(50.3)]
    public void A_sleep_is_never_short_and_never_spins(double milliseconds)
    {
        var timeout = TimeSpan.FromMilliseconds(milliseconds);
        Scheduler.Spawn(SleepFor(timeout));
        ThenItEndsNoEarlierThan(timeout);
    }

    [Test]
    public void A_wait_for_bytes_that_never_come_ends_at_its_deadline()
    {
        var timeout = TimeSpan.FromMilliseconds(30);
        var reached = false;
        Scheduler.Spawn(ReadUntil(Pair().Near, timeout, () => reached = true));
        ThenItEndsNoEarlierThan(timeout);
        reached.ShouldBeTrue();
        Scheduler.Turn(TimeSpan.Zero);
        Scheduler.Watched.Count.ShouldBe(0);
    }

    [Test]
    public void A_wait_whose_bytes_come_leaves_no_deadline()
    {
        var (near, far) = Pair();
        Scheduler.Spawn(ReadUntil(near, TimeSpan.FromMinutes(1), () => Assert.Fail("the deadline was reached")));
        TurnUntilIdle();
        far.Send(new byte[1]);
        TurnUntilAllEnded();
        Scheduler.NextDeadline.IsSet.ShouldBeFalse();
    }

    [Test]
    public void A_poll_with_a_fraction_of_a_millisecond_waits_it_out()
    {
        using var bare = MakePoller();
        var timeout = TimeSpan.FromMicroseconds(900);
        var watch = Stopwatch.StartNew();
        bare.Poll(new WatchList(), timeout, []);
        watch.Elapsed.ShouldBeGreaterThanOrEqualTo(timeout);
    }

    [Test]
    public void The_longest_timeout_can_be_polled_with()
    {
        using var bare = MakePoller();
        bare.Wake();
        Should.NotThrow(() => bare.Poll(new WatchList(), TimeSpan.MaxValue, []));
    }

    private void ThenItEndsNoEarlierThan(TimeSpan timeout)
    {
        Scheduler.Turn(TimeSpan.Zero); // begins the wait
        var earliest = Scheduler.Now.Plus(timeout);
        var turns = TurnUntilAllEnded();
        Scheduler.Now.Since(earliest).ShouldBeGreaterThanOrEqualTo(TimeSpan.Zero);
        turns.ShouldBeLessThanOrEqualTo(MaxTurnsPerDeadline);
    }

    private static IEnumerator<Wait> SleepFor(TimeSpan time)
    {
        yield return Sleep(time);
    }

    private static IEnumerator<Wait> ReadUntil(Socket socket, TimeSpan timeout, Action reached)
    {
        yield return WantRead(socket, timeout);
        if (Woken.DeadlineReached)
            reached();
    }
}
