using CsCheck;

namespace Coroutines.Tests.Core;

/// <summary>Feature: the timer queue tells each owner when it is due, and forgets what is cancelled.</summary>
public sealed class TimerQueueScenarios
{
    private const long Day = 24 * 3_600_000L;

    private readonly List<string> told = [];

    [Test]
    public void An_owner_is_told_at_its_time_and_not_before()
    {
        var timers = new TimerQueue(0);
        timers.Arm(1_000, new Owner(told, "a"));
        timers.Expire(999);
        told.ShouldBeEmpty();
        timers.Expire(1_000);
        told.ShouldBe(["a"]);
        timers.Count.ShouldBe(0);
    }

    [Test]
    public void The_earliest_is_told_first_and_those_of_one_time_in_the_order_of_arming()
    {
        var timers = new TimerQueue(123_456_789);
        foreach (var (due, name) in new[] { (5_000, "late"), (100, "a"), (100, "b"), (70, "early"), (100, "c") })
            timers.Arm(123_456_789 + due, new Owner(told, name));
        timers.Expire(123_456_789 + Day);
        told.ShouldBe(["early", "a", "b", "c", "late"]);
    }

    [TestCase(1_000)]
    [TestCase(999)]
    [TestCase(0)]
    public void What_is_due_already_is_told_at_the_next_millisecond(long due)
    {
        var timers = new TimerQueue(0);
        timers.Expire(1_000);
        timers.Arm(due, new Owner(told, "a"));
        timers.NextDue.ShouldBe(1_001);
        timers.Expire(1_000);
        told.ShouldBeEmpty();
        timers.Expire(1_001);
        told.ShouldBe(["a"]);
    }

    [Test]
    public void A_cancelled_timer_is_not_told()
    {
        var timers = new TimerQueue(0);
        var first = timers.Arm(10, new Owner(told, "a"));
        timers.Arm(10, new Owner(told, "b"));
        timers.Cancel(first);
        timers.Count.ShouldBe(1);
        timers.Expire(10);
        told.ShouldBe(["b"]);
    }

    [Test]
    public void An_owner_may_arm_and_cancel_while_it_is_told()
    {
        var timers = new TimerQueue(0);
        var other = 0;
        timers.Arm(
            10,
            new Owner(
                told,
                "a",
                () =>
                {
                    timers.Cancel(other);
                    timers.Arm(20, new Owner(told, "c"));
                }
            )
        );
        other = timers.Arm(10, new Owner(told, "b"));
        timers.Expire(30);
        told.ShouldBe(["a", "c"]);
    }

    [Test]
    public void A_million_armed_and_cancelled_leave_no_room_behind()
    {
        var timers = new TimerQueue(0);
        var owner = new Owner(told, "never");
        for (var i = 0; i < 1_000_000; i++)
            timers.Cancel(timers.Arm(1 + i % (40 * Day), owner));
        (timers.Count, timers.Capacity).ShouldBe((0, 15));
        timers.NextDue.ShouldBe(long.MaxValue);
    }

    [Test]
    public void Many_at_a_time_leave_room_for_as_many_again()
    {
        var timers = new TimerQueue(0);
        var owner = new Owner(told, "never");
        for (var round = 0; round < 100; round++)
        {
            var armed = Enumerable.Range(1, 1_000).Select(due => timers.Arm(due, owner)).ToList();
            armed.ForEach(timers.Cancel);
        }
        (timers.Count, timers.Capacity).ShouldBe((0, 1_023));
    }

    /// <summary>Random arming, cancelling and passing of time, beside a list that is simply searched.</summary>
    [Test]
    public void It_agrees_with_a_plain_list() =>
        Gen.Select(Gen.Long[0, 1L << 45], Gen.Select(Gen.Int[0, 9], Gen.Long[0, 400 * 64]).Array[1, 200])
            .Sample(sample =>
            {
                var (start, steps) = sample;
                var model = new Model(start);
                foreach (var (action, value) in steps)
                    model.Step(action, value);
                return model.Agrees;
            });

    /// <summary>Times from milliseconds to most of a year.</summary>
    [TestCase(1)]
    [TestCase(63)]
    [TestCase(64)]
    [TestCase(4_095)]
    [TestCase(4_096)]
    [TestCase(300 * Day)]
    public void Next_due_is_never_after_the_first_timer(long ahead)
    {
        var timers = new TimerQueue(987_654_321);
        timers.Arm(987_654_321 + ahead, new Owner(told, "a"));
        var wakeups = 0;
        for (; timers.Count > 0; wakeups++)
        {
            timers.NextDue.ShouldBeLessThanOrEqualTo(987_654_321 + ahead);
            timers.Expire(timers.NextDue);
        }
        wakeups.ShouldBeLessThanOrEqualTo(6);
        told.ShouldBe(["a"]);
    }

    private sealed class Model(long start)
    {
        private readonly TimerQueue timers = new(start);
        private readonly Dictionary<int, long> armed = [];
        private readonly List<(long Due, long ToldAt)> told = [];
        private readonly List<long> expected = [];
        private long now = start;

        public bool Agrees => timers.Count == armed.Count && told.Select(one => one.Due).SequenceEqual(expected);

        public void Step(int action, long value)
        {
            if (action < 6)
                Arm(value << (action * 4));
            else if (action == 6 && armed.Count > 0)
                Cancel(armed.Keys.ElementAt((int)(value % armed.Count)));
            else
                Pass(value << ((action - 6) * 7));
        }

        private void Arm(long ahead)
        {
            var due = now + Math.Clamp(ahead, 1, 364 * Day);
            var timer = 0;
            timer = timers.Arm(due, new Owner([], "", () => Tell(timer)));
            armed.Add(timer, due);
        }

        private void Tell(int timer)
        {
            told.Add((armed[timer], now));
            armed.Remove(timer);
        }

        private void Cancel(int timer)
        {
            timers.Cancel(timer);
            armed.Remove(timer);
        }

        private void Pass(long time)
        {
            now += time;
            expected.AddRange(armed.Values.Where(due => due <= now).Order());
            timers.Expire(now);
        }
    }

    private sealed class Owner(List<string> told, string name, Action? then = null) : ITimed
    {
        public void Expire()
        {
            told.Add(name);
            then?.Invoke();
        }
    }
}
