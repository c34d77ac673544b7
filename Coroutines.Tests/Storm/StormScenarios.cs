namespace Coroutines.Tests.Storm;

/// <summary>Feature: whatever coroutines do to each other, each ends once, every <c>finally</c> runs once, nothing leaks,
/// no item and no permit is lost or doubled, and all of it is a function of the seed.</summary>
public sealed class StormScenarios
{
    private const int Seeds = 10_000;

    [Test]
    public void Whatever_happens_each_coroutine_ends_once_and_nothing_is_left()
    {
        for (var seed = 1; seed <= Seeds; seed++)
            StormRun.Run(seed);
    }

    [Test]
    public void What_happens_is_a_function_of_the_seed()
    {
        for (var seed = 1; seed <= Seeds; seed += 50)
            StormRun.Run(seed).Events.ShouldBe(StormRun.Run(seed).Events, $"seed {seed}");
    }

    [Test]
    public void Every_kind_of_wait_ends_in_each_of_its_ways()
    {
        var seen = Enumerable.Range(1, 500).SelectMany(seed => StormRun.Run(seed).Seen).ToHashSet();
        WaitKind[] onSockets = [WaitKind.Read, WaitKind.Write, WaitKind.ReadOrWrite];
        WaitKind[] forEnds = [WaitKind.Call, WaitKind.TryCall, WaitKind.Join, WaitKind.TryJoin];
        WaitKind[] forOthers = [WaitKind.Any, WaitKind.Event, WaitKind.Acquire, WaitKind.Send, WaitKind.Receive];
        // What other threads bring has scenarios of its own.
        foreach (var kind in Enum.GetValues<WaitKind>().Where(kind => kind < WaitKind.Task && kind != WaitKind.Return))
            seen.ShouldContain((kind, "at all"));
        foreach (var kind in onSockets.Concat(forEnds).Concat(forOthers))
            seen.ShouldContain((kind, "deadline"));
        foreach (var kind in onSockets)
            seen.ShouldContain((kind, "closed"));
        foreach (var kind in new[] { WaitKind.Send, WaitKind.Receive })
            seen.ShouldContain((kind, "closed"));
        seen.ShouldContain((WaitKind.TryCall, "failure"));
        seen.ShouldContain((WaitKind.TryJoin, "failure"));
        seen.ShouldContain((WaitKind.Join, "cancelled"));
        seen.ShouldContain((WaitKind.JoinScope, "cancelled"));
    }

    [Test]
    public void Mostly_a_lot_happens()
    {
        Enumerable.Range(1, 500).Average(seed => StormRun.Run(seed).Events.Count).ShouldBeGreaterThan(400);
    }

    [TestCase("received", 8)]
    [TestCase("acquired", 8)]
    public void Mostly_items_and_permits_change_hands(string what, int times)
    {
        var storms = Enumerable.Range(1, 500).Select(StormRun.Run);
        storms.Average(storm => storm.Events.Count(one => one.What == what)).ShouldBeGreaterThan(times);
    }

    [Test]
    public void Coroutines_end_in_each_way()
    {
        var ends = Enumerable
            .Range(1, 100)
            .SelectMany(seed => StormRun.Run(seed).Events)
            .Where(one => one.What == "ended")
            .Select(one => (CoroutineState)one.Detail)
            .Distinct();
        ends.Order().ShouldBe([CoroutineState.Completed, CoroutineState.Failed, CoroutineState.Cancelled]);
    }
}
