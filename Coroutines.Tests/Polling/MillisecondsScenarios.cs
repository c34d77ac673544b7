using Coroutines.Polling;

namespace Coroutines.Tests.Polling;

/// <summary>Feature: timeouts are told to the kernel in milliseconds, never shorter than asked.</summary>
public sealed class MillisecondsScenarios
{
    [TestCase(0, 0)]
    [TestCase(1, 1)]
    [TestCase(9_999, 1)]
    [TestCase(10_000, 1)]
    [TestCase(10_001, 2)]
    [TestCase(long.MaxValue, int.MaxValue)]
    public void A_timeout_is_rounded_up(long ticks, int milliseconds) =>
        Milliseconds.RoundUp(TimeSpan.FromTicks(ticks)).ShouldBe(milliseconds);

    [TestCase(9_999, 0)]
    [TestCase(10_000, 1)]
    public void The_present_is_rounded_down(long ticks, long milliseconds) =>
        Milliseconds.RoundDown(ticks).ShouldBe(milliseconds);
}
