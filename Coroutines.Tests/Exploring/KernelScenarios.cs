using Coroutines.Exploring;
using static Coroutines.Exploring.Step;

namespace Coroutines.Tests.Exploring;

/// <summary>Feature: the simulated kernel delivers signals, and ends system calls, as Linux does.</summary>
public sealed class KernelScenarios
{
    private readonly HashSet<string> seen = [];

    [Test]
    public void Signals_that_are_pending_are_not_counted()
    {
        var exploration = Explorer.Run(model =>
        {
            var handled = model.Share("handled", 0);
            model.Process("main", os => BlockWhileTwoEnd(os, handled));
            model.Outcome(() => $"{handled.Value} handled");
        });
        exploration.ShouldAlways("1 handled");

        static IEnumerator<Step> BlockWhileTwoEnd(Process os, Shared<int> handled)
        {
            os.Handle(Signal.Child, () => Count(handled));
            os.Block(Signal.Child);
            os.Fork();
            os.Fork();
            yield return Until("unblocks", () => os.Zombies == 2, "its children");
            os.Unblock(Signal.Child);
            yield return At("goes on");
        }

        static IEnumerator<Step> Count(Shared<int> handled)
        {
            yield return At("counts");
            handled.Value++;
        }
    }

    [Test]
    public void A_handler_is_not_interrupted_by_its_own_signal()
    {
        var (inside, deepest) = (0, 0);
        Explorer.Run(model =>
        {
            inside = 0;
            model.Process(
                "main",
                os =>
                {
                    os.Handle(Signal.Child, Nesting);
                    os.Fork();
                    os.Fork();
                    return Idle(os, 2);
                }
            );
        });
        deepest.ShouldBe(1);

        IEnumerator<Step> Nesting()
        {
            yield return At("enters");
            deepest = Math.Max(deepest, ++inside);
            yield return At("leaves");
            inside--;
        }
    }

    [Test]
    public void A_handler_is_interrupted_by_another_signal()
    {
        var deepest = 0;
        Explorer.Run(model =>
        {
            var inside = 0;
            var main = model.Process("main", os => Start(os, Nesting));
            model.Background("clock", () => Send(main, Signal.Alarm));

            IEnumerator<Step> Nesting()
            {
                yield return At("enters");
                deepest = Math.Max(deepest, ++inside);
                yield return At("leaves");
                inside--;
            }
        });
        deepest.ShouldBe(2);

        static IEnumerator<Step> Start(Process os, Func<IEnumerator<Step>> handler)
        {
            os.Handle(Signal.Child, handler);
            os.Handle(Signal.Alarm, handler);
            os.Fork();
            return Idle(os, 1);
        }
    }

    [Test]
    public void A_signal_without_a_handler_is_ignored()
    {
        var exploration = Explorer.Run(model =>
        {
            var main = model.Process("main", os => Idle(os, 0));
            model.Thread("clock", () => Send(main, Signal.Alarm));
        });
        exploration.ShouldAlways("clean");
    }

    [Test]
    public void Suspend_misses_a_signal_that_was_not_blocked()
    {
        var exploration = ExploreSuspend(Signal.None);
        exploration.CountOf("deadlock: main waits for a signal").ShouldBeGreaterThan(0);
        exploration.CountOf("clean").ShouldBeGreaterThan(0);
    }

    [Test]
    public void Suspend_misses_no_signal_that_was_blocked() => ExploreSuspend(Signal.Child).ShouldAlways("clean");

    [Test]
    public void Suspend_returns_with_the_mask_of_before()
    {
        foreach (
            var step in ExploreSuspend(Signal.Child)["clean"].Witness.Steps.Where(step => step.Step.Part == "return")
        )
            step.Values.ShouldContain(value => value.Key == "SIGCHLD" && value.Value == "blocked");
    }

    [Test]
    public void A_wait_that_sleeps_is_interrupted_by_another_signal()
    {
        ExploreWait(KernelRules.Linux, children: 1).ShouldBe(["Interrupted", "Reaped"], ignoreOrder: true);
    }

    [Test]
    public void A_wait_without_children_fails_at_once() =>
        ExploreWait(KernelRules.Linux, children: 0).ShouldBe(["NoChild"]);

    [Test]
    public void A_wait_without_children_sleeps_where_the_rules_say_so() =>
        ExploreWait(KernelRules.Linux with { WaitSleepsWithoutChildren = true }, children: 0)
            .ShouldBe(["Interrupted", "deadlock: main waits for a child to exit"], ignoreOrder: true);

    [TestCase(true)]
    [TestCase(false)]
    public void The_status_of_a_wait_that_failed_is_as_the_rules_say(bool looksLikeExit)
    {
        var status = new WaitStatus();
        Explorer.Run(model =>
            model.Process(
                "main",
                os => os.Wait("waits", status),
                KernelRules.Linux with
                {
                    FailureLooksLikeExit = looksLikeExit,
                }
            )
        );
        status.LooksLikeExit.ShouldBe(looksLikeExit);
    }

    [Test]
    public void Waitpid_without_hanging_tells_children_that_run_from_none()
    {
        Explorer.Run(model => model.Process("main", Look));
        seen.ShouldBe(["NoneEnded False", "Reaped True", "NoChild True"], ignoreOrder: true);

        IEnumerator<Step> Look(Process os)
        {
            var status = new WaitStatus();
            os.Fork();
            yield return At("looks");
            os.WaitWithoutHanging(status);
            seen.Add($"{status.Result} {status.LooksLikeExit}");
            if (status.Result != WaitResult.Reaped)
                yield break;
            os.WaitWithoutHanging(status);
            seen.Add($"{status.Result} {status.LooksLikeExit}");
        }
    }

    [Test]
    public void The_lowest_free_descriptor_is_given_first()
    {
        Explorer.Run(model => model.Process("main", Open));

        static IEnumerator<Step> Open(Process os)
        {
            yield return At("opens");
            os.Descriptors.Open(new OpenFile("a")).ShouldBe(3);
            os.Descriptors.Open(new OpenFile("b")).ShouldBe(4);
            os.Descriptors.Close(3);
            os.Descriptors.Open(new OpenFile("c")).ShouldBe(3);
            os.Descriptors.ToString().ShouldBe("3 4");
        }
    }

    [Test]
    public void A_file_is_closed_with_the_last_of_its_descriptors()
    {
        var file = new OpenFile("connection");
        var exploration = Explorer.Run(model =>
        {
            file = new OpenFile("connection");
            model.Process("main", os => Share(os, file));
            model.Never("closed too early", () => file.IsClosed && file.Descriptors > 0);
            model.Outcome(() => $"{file.Descriptors} left");
        });
        exploration.Outcomes.Select(outcome => outcome.Name).ShouldBe(["0 left", "1 left"], ignoreOrder: true);

        static IEnumerator<Step> Share(Process os, OpenFile file)
        {
            var descriptor = os.Descriptors.Open(file);
            yield return At("forks");
            os.Fork("child", _ => Idle(os, 0));
            yield return At("closes");
            os.Descriptors.Close(descriptor);
            yield return At("goes on");
        }
    }

    [Test]
    public void What_is_not_open_cannot_be_closed() =>
        Should
            .Throw<InterleavingException>(() => Explorer.Run(model => model.Process("main", CloseWrong)))
            .Message.ShouldContain("A descriptor that is closed must be open, but 7 wasn't.");

    private static IEnumerator<Step> CloseWrong(Process os)
    {
        yield return At("closes");
        os.Descriptors.Close(7);
    }

    private static Exploration ExploreSuspend(Signal blocked) =>
        Explorer.Run(model => model.Process("main", os => Suspend(os, blocked)));

    private static IEnumerator<Step> Suspend(Process os, Signal blocked)
    {
        os.Handle(Signal.Child, () => Reap(os));
        os.Block(blocked);
        os.Fork();
        yield return At("looks");
        yield return Call(os.Suspend("sleeps"));
    }

    private static IEnumerator<Step> Reap(Process os)
    {
        yield return At("reaps");
        os.WaitWithoutHanging(new WaitStatus());
    }

    private static IEnumerable<string> ExploreWait(KernelRules rules, int children)
    {
        var exploration = Explorer.Run(model =>
        {
            var status = new WaitStatus();
            var main = model.Process("main", os => Wait(os, status, children), rules);
            model.Background("clock", () => Send(main, Signal.Alarm));
            model.Outcome(() => $"{status.Result}");
        });
        return exploration.Outcomes.Select(outcome => outcome.Name);
    }

    private static IEnumerator<Step> Wait(Process os, WaitStatus status, int children)
    {
        os.Handle(Signal.Alarm, Nothing);
        for (var child = 0; child < children; child++)
            os.Fork();
        return os.Wait("waits", status);
    }

    private static IEnumerator<Step> Nothing()
    {
        yield return At("handles");
    }

    private static IEnumerator<Step> Idle(Process os, int zombies)
    {
        yield return Until("idles", () => os.Zombies >= zombies, "its children");
        yield return At("ends");
    }

    private static IEnumerator<Step> Send(Process to, Signal signal)
    {
        yield return At("sends");
        to.Raise(signal);
    }
}
