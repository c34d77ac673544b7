using Coroutines.Testing;

namespace Coroutines.Tests.Core;

/// <summary>Feature: points in time are compared and moved; a timeout, which has no beginning yet, can't be.</summary>
public sealed class DeadlineScenarios
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    private readonly Deadline point = Deadline.In(TimeSpan.Zero, new ManualClock());
    private readonly Deadline timeout = Second;

    [Test]
    public void A_point_is_moved_by_a_timeout() => point.Plus(Second).Since(point).ShouldBe(Second);

    [Test]
    public void A_point_may_lie_before_another() => point.Since(point.Plus(Second)).ShouldBe(-Second);

    [Test]
    public void A_point_moved_by_for_ever_is_none() => point.Plus(Timeout.InfiniteTimeSpan).ShouldBe(Deadline.None);

    [Test]
    public void The_earlier_one_is_told_in_either_order()
    {
        Deadline.Earlier(point, point.Plus(Second)).ShouldBe(point);
        Deadline.Earlier(point.Plus(Second), point).ShouldBe(point);
    }

    [Test]
    public void None_is_later_than_any()
    {
        Deadline.Earlier(point, Deadline.None).ShouldBe(point);
        Deadline.Earlier(Deadline.None, point).ShouldBe(point);
    }

    [Test]
    public void A_timeout_is_no_point()
    {
        Should.Throw<InvalidOperationException>(() => timeout.Plus(Second)).Message.ShouldContain("in 1 s");
        Should.Throw<InvalidOperationException>(() => timeout.Since(point));
        Should.Throw<InvalidOperationException>(() => point.Since(timeout));
        Should.Throw<InvalidOperationException>(() => Deadline.Earlier(point, timeout));
    }

    [Test]
    public void None_can_not_be_moved()
    {
        Should.Throw<InvalidOperationException>(() => Deadline.None.Plus(Second)).Message.ShouldContain("none");
        Should.Throw<InvalidOperationException>(() => point.Since(Deadline.None));
    }
}
