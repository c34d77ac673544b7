using global::Server.Host.Comparing;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: percentiles of many latencies, to 1.6 percent, in little memory.</summary>
public sealed class LatenciesScenarios
{
    private readonly Latencies latencies = new();

    [Test]
    public void Of_none_all_is_zero()
    {
        latencies.Percentile(50).ShouldBe(TimeSpan.Zero);
        latencies.Longest.ShouldBe(TimeSpan.Zero);
    }

    [Test]
    public void One_is_every_percentile()
    {
        latencies.Add(TimeSpan.FromMilliseconds(3));
        foreach (var percent in (double[])[0.001, 50, 99, 100])
            latencies.Percentile(percent).ShouldBe(TimeSpan.FromMilliseconds(3));
    }

    [TestCase(1, 1)]
    [TestCase(50, 50)]
    [TestCase(50.1, 51)]
    [TestCase(99, 99)]
    [TestCase(100, 100)]
    public void A_percentile_is_the_least_that_so_many_do_not_exceed(double percent, int ticks)
    {
        for (var i = 100; i >= 1; i--)
            latencies.Add(TimeSpan.FromTicks(i));
        latencies.Percentile(percent).ShouldBe(TimeSpan.FromTicks(ticks));
    }

    [Test]
    public void Each_is_known_to_1_6_percent_from_nothing_to_a_year()
    {
        for (var ticks = 1L; ticks < TimeSpan.FromDays(365).Ticks; ticks += (ticks / 7) + 1)
        {
            var single = new Latencies();
            single.Add(TimeSpan.FromTicks(ticks));
            single.Add(TimeSpan.MaxValue); // or the longest, which is exact, would be the answer
            var told = single.Percentile(50).Ticks;
            told.ShouldBeGreaterThanOrEqualTo(ticks);
            (told - ticks).ShouldBeLessThanOrEqualTo(ticks / 64);
        }
    }

    [Test]
    public void The_longest_is_exact()
    {
        latencies.Add(TimeSpan.FromTicks(123_456_789));
        latencies.Add(TimeSpan.FromTicks(1));
        latencies.Longest.ShouldBe(TimeSpan.FromTicks(123_456_789));
        latencies.Count.ShouldBe(2);
    }
}
