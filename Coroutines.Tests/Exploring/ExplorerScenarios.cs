using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Coroutines.Tests.Exploring;

/// <summary>Feature: every interleaving is run once, none is left out, and what it does is shown.</summary>
public sealed class ExplorerScenarios
{
    private readonly List<string> orders = [];

    [TestCase(1, 1, 0, 2)]
    [TestCase(2, 2, 0, 6)]
    [TestCase(3, 3, 0, 20)]
    [TestCase(2, 2, 1, 30)]
    [TestCase(5, 0, 0, 1)]
    public void Every_order_of_steps_is_run_once(int a, int b, int c, int expected)
    {
        var exploration = Explorer.Run(model => Interleave(model, a, b, c));

        exploration.Count.ShouldBe(expected);
        orders.Distinct().Count().ShouldBe(expected);
    }

    [Test]
    public void A_model_without_a_step_has_one_interleaving() => Explorer.Run(_ => { }).Count.ShouldBe(1);

    [Test]
    public void As_many_interleavings_as_the_limit_are_run() =>
        Explorer
            .Run(model => Interleave(model, 2, 2, 0), new ExplorationLimits { Interleavings = 6 })
            .Count.ShouldBe(6);

    [Test]
    public void More_interleavings_than_the_limit_are_refused() =>
        Should
            .Throw<ExplorationException>(() =>
                Explorer.Run(model => Interleave(model, 2, 2, 0), new ExplorationLimits { Interleavings = 5 })
            )
            .Message.ShouldStartWith("A model may have 5 interleavings, but this one has more");

    [TestCase(4, true)]
    [TestCase(3, false)]
    public void A_run_ends_within_its_steps(int limit, bool ends)
    {
        void Explore() => Explorer.Run(model => Interleave(model, 4, 0, 0), new ExplorationLimits { Steps = limit });

        if (ends)
            Should.NotThrow(Explore);
        else
            Should.Throw<ExplorationException>(Explore).Message.ShouldStartWith("A run must end within 3 steps");
    }

    [Test]
    public void A_model_that_remembers_earlier_runs_is_refused()
    {
        var runs = 0;
        Should
            .Throw<ExplorationException>(() => Explorer.Run(model => Interleave(model, 1, 1, ++runs % 2)))
            .Message.ShouldStartWith("A model must be the same each time");
    }

    [Test]
    public void A_model_that_throws_is_shown_up_to_there()
    {
        var thrown = Should.Throw<InterleavingException>(() =>
            Explorer.Run(model =>
            {
                var file = model.Lock("file");
                model.Thread("A", () => Steps("A", 1));
                model.Thread("B", () => Free(file));
            })
        );

        thrown.Message.ShouldStartWith("The model threw: 'file' can be freed only while it is held");
        thrown.Message.ShouldContain("A 1");
    }

    [Test]
    public void Two_locks_taken_in_opposite_order_deadlock()
    {
        var exploration = Explorer.Run(model =>
        {
            var (one, two) = (model.Lock("one"), model.Lock("two"));
            model.Thread("A", () => TakeBoth(one, two));
            model.Thread("B", () => TakeBoth(two, one));
        });

        exploration["deadlock: A waits for two, B waits for one"].Witness.Steps.Count.ShouldBe(2);
        exploration["clean"].Witness.Steps.Count.ShouldBe(8);
    }

    [Test]
    public void The_witness_is_the_shortest()
    {
        var exploration = Explorer.Run(model =>
        {
            var stop = model.Share("stop", initial: false);
            model.Thread("worker", () => WorkUntil(stop));
            model.Thread("other", () => Set(stop));
        });

        exploration.Outcomes.ShouldHaveSingleItem().Count.ShouldBe(4);
        exploration["clean"].Witness.Steps.Select(step => step.Who).ShouldBe(["other", "worker"]);
    }

    [Test]
    public void A_run_does_not_wait_for_the_background()
    {
        var exploration = Explorer.Run(model =>
        {
            model.Thread("A", () => Steps("A", 1));
            model.Background("B", Forever);
        });

        exploration.ShouldAlways("clean");
        exploration.Outcomes[0].Witness.Steps.ShouldHaveSingleItem().Who.ShouldBe("A");
    }

    private static IEnumerator<Step> Forever()
    {
        yield return Until("B", () => false, "nothing");
    }

    [Test]
    public void What_a_caller_does_after_a_call_belongs_to_the_last_step_of_the_child()
    {
        var exploration = Explorer.Run(model =>
        {
            var n = model.Share("n", 0);
            model.Thread("A", () => Caller(n));
            model.Thread("B", () => Steps("B", 1));
            model.Never("half done", () => n.Value == 1);
        });

        exploration.ShouldNever("half done");
        exploration.Count.ShouldBe(2);
    }

    [Test]
    public void A_run_that_is_stuck_disposes_of_its_iterators()
    {
        var (begun, disposed) = (0, 0);
        Explorer.Run(model => model.Thread("A", () => Stuck(() => begun++, () => disposed++)));
        begun.ShouldBeGreaterThan(0);
        disposed.ShouldBe(begun);
    }

    [Test]
    public void An_assertion_that_fails_shows_the_steps()
    {
        var exploration = Explorer.Run(LostUpdate);

        var thrown = Should.Throw<InterleavingException>(() => exploration.ShouldAlways("n = 2"));

        thrown
            .Message.ReplaceLineEndings("\n")
            .ShouldBe(
                """
                Every interleaving must end in 'n = 2', but 4 of 6 do not. The shortest ends in 'n = 1':

                   who  step      n  read by A  read by B
                1  A    reads n   0  0          0
                2  B    reads n   0  0          0
                3  A    writes n  1  0          0
                4  B    writes n  1  0          0
                """.ReplaceLineEndings("\n")
            );
        Should.Throw<InterleavingException>(() => exploration.ShouldNever("n = 1"));
        Should.NotThrow(() => exploration.ShouldNever("n = 3"));
    }

    [Test]
    public void An_outcome_that_does_not_occur_is_told_with_those_that_do() =>
        Should
            .Throw<KeyNotFoundException>(() => Explorer.Run(LostUpdate)["n = 3"])
            .Message.ShouldBe("The outcomes are 'n = 1', 'n = 2', but 'n = 3' was asked for.");

    private static void LostUpdate(Model model)
    {
        var n = model.Share("n", 0);
        model.Thread("A", () => Add(model, "read by A", n));
        model.Thread("B", () => Add(model, "read by B", n));
        model.Outcome(() => $"n = {n.Value}");
    }

    private static IEnumerator<Step> Add(Model model, string register, Shared<int> n)
    {
        var read = 0;
        model.Show(register, () => $"{read}");
        yield return At("reads n");
        read = n.Value;
        yield return At("writes n");
        n.Value = read + 1;
    }

    private void Interleave(Model model, int a, int b, int c)
    {
        var order = new List<string>();
        model.Thread("A", () => Steps("A", a, order.Add));
        model.Thread("B", () => Steps("B", b, order.Add));
        model.Thread("C", () => Steps("C", c, order.Add));
        model.Outcome(() =>
        {
            orders.Add(string.Concat(order));
            return "clean";
        });
    }

    private static IEnumerator<Step> Steps(string name, int count, Action<string>? taken = null)
    {
        for (var i = 1; i <= count; i++)
        {
            yield return At($"{name} {i}");
            taken?.Invoke(name);
        }
    }

    private static IEnumerator<Step> Free(SharedLock file)
    {
        yield return At("frees");
        file.Free();
    }

    private static IEnumerator<Step> TakeBoth(SharedLock first, SharedLock second)
    {
        yield return Call(first.Take("takes the first"));
        yield return Call(second.Take("takes the second"));
        yield return At("frees the second");
        second.Free();
        yield return At("frees the first");
        first.Free();
    }

    private static IEnumerator<Step> WorkUntil(Shared<bool> stop)
    {
        for (var round = 0; round < 3; round++)
        {
            yield return At("looks");
            if (stop.Value)
                yield break;
        }
    }

    private static IEnumerator<Step> Set(Shared<bool> stop)
    {
        yield return At("sets");
        stop.Value = true;
    }

    private static IEnumerator<Step> Caller(Shared<int> n)
    {
        yield return Call(AddOne(n));
        n.Value++;
    }

    private static IEnumerator<Step> AddOne(Shared<int> n)
    {
        yield return At("adds one");
        n.Value++;
    }

    private static IEnumerator<Step> Stuck(Action begun, Action disposed)
    {
        begun();
        try
        {
            yield return Until("waits", () => false, "nothing");
        }
        finally
        {
            disposed();
        }
    }
}
