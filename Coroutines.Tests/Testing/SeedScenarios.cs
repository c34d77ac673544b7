using Coroutines.Testing;
using Coroutines.Tests.Core;
using static Coroutines.Wait;

namespace Coroutines.Tests.Testing;

/// <summary>Feature: on demand, the order in which ready coroutines run is a function of a seed.</summary>
public sealed class SeedScenarios
{
    [Test]
    public void Without_a_seed_first_come_is_first_served()
    {
        OrderOfRunning(seed: null).ShouldBe("abcdefgh");
    }

    [TestCase(1)]
    [TestCase(int.MinValue)]
    public void The_same_seed_gives_the_same_order(int seed)
    {
        OrderOfRunning(seed).ShouldBe(OrderOfRunning(seed));
    }

    [Test]
    public void Other_seeds_give_other_orders()
    {
        Enumerable.Range(1, 20).Select(seed => OrderOfRunning(seed)).Distinct().Count().ShouldBeGreaterThan(15);
    }

    [Test]
    public void Every_order_of_three_comes_about()
    {
        var orders = new HashSet<string>();
        Seeds.Run(100, simulation => orders.Add(OrderOfRunning(simulation, "abc")));
        orders.Order().ShouldBe(["abc", "acb", "bac", "bca", "cab", "cba"]);
    }

    [Test]
    public void Each_turn_has_an_order_of_its_own()
    {
        using var simulation = new Simulation { Seed = 1 };
        var story = new Story();
        foreach (var name in "abcdefgh")
            simulation.Scheduler.Spawn(Tells(story, name, times: 2));
        simulation.RunUntilIdle();
        story.Joined[..8].Order().ShouldBe("abcdefgh");
        story.Joined[8..].Order().ShouldBe("abcdefgh");
        story.Joined[..8].ShouldNotBe(story.Joined[8..]);
    }

    [Test]
    public void A_ready_queue_that_has_wrapped_around_loses_nobody()
    {
        Seeds.Run(
            20,
            simulation =>
            {
                var story = new Story();
                for (var i = 0; i < 50; i++)
                    simulation.Scheduler.Spawn(Tells(story, 'x', times: 5));
                simulation.RunUntilIdle();
                story.Joined.Length.ShouldBe(250);
            }
        );
    }

    [Test]
    public void A_poll_tells_a_part_of_what_is_ready_and_the_rest_later()
    {
        var woken = new HashSet<int>();
        Seeds.Run(
            50,
            simulation =>
            {
                var readers = Enumerable.Range(0, 4).Select(_ => SpawnReader(simulation)).ToList();
                simulation.Scheduler.Turn(TimeSpan.Zero);
                woken.Add(simulation.Scheduler.ReadyCount);
                simulation.RunUntilIdle();
                readers.ForEach(reader => reader.ShouldHaveCompleted());
            }
        );
        woken.Order().ShouldBe([1, 2, 3, 4]);
    }

    [Test]
    public void Without_a_seed_a_poll_tells_all_that_is_ready()
    {
        using var simulation = new Simulation();
        for (var i = 0; i < 4; i++)
            SpawnReader(simulation);
        simulation.Scheduler.Turn(TimeSpan.Zero);
        simulation.Scheduler.ReadyCount.ShouldBe(4);
    }

    [Test]
    public void A_simulation_tells_its_seed()
    {
        using var simulation = new Simulation { Seed = 17 };
        simulation.ToString().ShouldStartWith("seed 17, turn 0");
    }

    [Test]
    public void Seeds_follow_the_first_one()
    {
        var seeds = new List<int?>();
        Seeds.Run(3, simulation => seeds.Add(simulation.Seed));
        Seeds.Run(2, simulation => seeds.Add(simulation.Seed), first: int.MaxValue);
        seeds.ShouldBe([1, 2, 3, int.MaxValue, int.MinValue]);
    }

    [Test]
    public void A_scenario_that_fails_tells_its_seed_and_can_be_run_again()
    {
        var failed = Should.Throw<SeedFailedException>(() => Seeds.Run(100, OnlyHoldsIfTheFirstRunsFirst));
        failed.Message.ShouldContain(
            $"With seed {failed.Seed} ({failed.Seed - 1} others passed) it failed: b was first."
        );
        failed.Message.ShouldContain($"Seeds.Replay({failed.Seed}, scenario)");
        failed.InnerException.ShouldBeOfType<FormatException>();
        Should
            .Throw<SeedFailedException>(() => Seeds.Replay(failed.Seed, OnlyHoldsIfTheFirstRunsFirst))
            .Seed.ShouldBe(failed.Seed);
    }

    [Test]
    public void What_is_left_of_a_scenario_is_cancelled_and_may_fail_it()
    {
        Should
            .Throw<SeedFailedException>(() => Seeds.Run(1, simulation => SpawnOneThatFailsToEnd(simulation)))
            .Message.ShouldContain("while ending");
    }

    [Test]
    public void The_first_failure_of_a_scenario_is_the_one_that_is_told()
    {
        Should
            .Throw<SeedFailedException>(() =>
                Seeds.Run(
                    1,
                    simulation =>
                    {
                        SpawnOneThatFailsToEnd(simulation);
                        throw new FormatException("first");
                    }
                )
            )
            .InnerException!.Message.ShouldBe("first");
    }

    [Test]
    public void There_is_at_least_one_seed()
    {
        Should.Throw<ArgumentOutOfRangeException>(() => Seeds.Run(0, _ => { }));
    }

    private static string OrderOfRunning(int? seed)
    {
        using var simulation = new Simulation { Seed = seed };
        return OrderOfRunning(simulation, "abcdefgh");
    }

    private static string OrderOfRunning(Simulation simulation, string names)
    {
        var story = new Story();
        foreach (var name in names)
            simulation.Scheduler.Spawn(Tells(story, name, times: 1));
        simulation.RunUntilIdle();
        return story.Joined;
    }

    private static void OnlyHoldsIfTheFirstRunsFirst(Simulation simulation)
    {
        var order = OrderOfRunning(simulation, "ab");
        if (order[0] != 'a')
            throw new FormatException($"{order[0]} was first.");
    }

    private static Coroutine SpawnReader(Simulation simulation)
    {
        var peer = simulation.Connect();
        peer.Sends("hello");
        return simulation.Scheduler.Spawn(Reads(peer));
    }

    private static void SpawnOneThatFailsToEnd(Simulation simulation)
    {
        simulation.Scheduler.Spawn(FailsToEnd());
        simulation.RunUntilIdle();
    }

    private static IEnumerator<Wait> Tells(Story story, char name, int times)
    {
        for (var i = 0; i < times; i++)
        {
            story.Tell(name.ToString());
            yield return Pause();
        }
    }

    private static IEnumerator<Wait> Reads(ScriptedPeer peer)
    {
        yield return WantRead(peer.Connection);
    }

    private static IEnumerator<Wait> FailsToEnd()
    {
        try
        {
            yield return Sleep(Timeout.InfiniteTimeSpan);
        }
        finally
        {
            Fail();
        }
    }

    private static void Fail() => throw new FormatException("while ending");
}
