using static Coroutines.Wait;

namespace Coroutines.Tests.Core;

/// <summary>Feature: a wait keeps its kind and its deadline in one word, and neither is changed by that.</summary>
public sealed class PackedDeadlineScenarios
{
    private const long TicksOfFarthestClock = 0x0FFB_FFFF_FFFF_FFFE; // the year 3652, counted from the year 1

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(630_822_816_000_000_000)] // a clock that counts from the year 1, in the year 2000
    [TestCase(TicksOfFarthestClock)]
    public void A_point_comes_out_as_it_went_in(long ticks)
    {
        var wait = SleepUntil(Deadline.FromTicks(ticks));
        wait.Until.ShouldBe(Deadline.FromTicks(ticks));
        wait.Kind.ShouldBe(WaitKind.Sleep);
    }

    [TestCase(0)]
    [TestCase(1)]
    [TestCase(365 * TimeSpan.TicksPerDay)]
    public void A_timeout_comes_out_as_it_went_in(long ticks)
    {
        Deadline timeout = TimeSpan.FromTicks(ticks);
        On(WaitKind.JoinScope, this, timeout).Until.ShouldBe(timeout);
    }

    [Test]
    public void No_deadline_stays_none() => Sleep(Timeout.InfiniteTimeSpan).Until.IsSet.ShouldBeFalse();

    [Test]
    public void Every_kind_comes_out_as_it_went_in([Range(0, (int)WaitKind.Any)] int kind) =>
        On((WaitKind)kind, this, TimeSpan.FromDays(365)).Kind.ShouldBe((WaitKind)kind);

    [Test]
    public void A_kind_beyond_those_is_told_by_what_is_waited_for()
    {
        IAwaited all = new Every();
        On(all, TimeSpan.FromDays(365)).Kind.ShouldBe(Enum.GetValues<WaitKind>()[^1]);
        On(all, TimeSpan.FromDays(365)).Until.ShouldBe(TimeSpan.FromDays(365));
    }

    private sealed class Every : IAwaited
    {
        public WaitKind Kind => Enum.GetValues<WaitKind>()[^1];

        public IPlace? Enlist(IWaiter waiter, in Wait wait, out Outcome outcome) => throw new NotSupportedException();
    }
}
