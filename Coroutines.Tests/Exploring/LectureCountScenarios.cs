using Coroutines.Exploring;
using global::Server.Host.Exploring;

namespace Coroutines.Tests.Exploring;

/// <summary>Feature: the lecture's programs are explored completely, and end as they can.</summary>
public sealed class LectureCountScenarios
{
    private const string Clean = "clean";
    private const string BelowZero = "g = -1";
    private const string TwoRun = "g = -1; two children run at once";
    private const string Asleep = "asleep in the handler";
    private const string BelowZeroAsleep = "g = -1; asleep in the handler";
    private const string MainSleeps = "deadlock: main waits for a child to exit";
    private const string HandlerSleeps = "deadlock: handler waits for a child to exit";

    private static IEnumerable<TestCaseData> Counts()
    {
        static TestCaseData Of(string name, int max, int clients, params (string Outcome, int Count)[] counts) =>
            new TestCaseData(name, max, clients, counts).SetArgDisplayNames(name, $"{max}", $"{clients}");

        yield return Of("two-threads", 0, 0, ("n = 1", 18), ("n = 2", 2));
        yield return Of("two-threads-locked", 0, 0, ("n = 2", 2));
        yield return Of("lost-decrement", 0, 0, ("g counts the children", 2), ("a decrement is lost", 2));
        yield return Of("check-then-wait", 1, 3, (Clean, 9));
        yield return Of("check-then-wait-sleeping", 1, 3, (HandlerSleeps, 2), (MainSleeps, 2), (Clean, 1));
        yield return Of("check-then-wait-counting", 1, 3, (BelowZero, 10), (TwoRun, 2), (Clean, 1));
        yield return Of("sigprocmask", 1, 3, (BelowZero, 27), (TwoRun, 3), (Clean, 1));
        yield return Of("sigprocmask", 2, 3, (Clean, 99), (BelowZeroAsleep, 3), (BelowZero, 3));
        yield return Of("sigprocmask-posix", 1, 3, (Clean, 16));
        yield return Of("sigprocmask-posix", 2, 3, (Clean, 117));
        yield return Of("sigprocmask-lucky", 1, 3, (Clean, 16));
        yield return Of("sigprocmask-lucky", 2, 3, (Clean, 102), (Asleep, 3));
        yield return Of("sigsuspend", 1, 3, (Clean, 32));
        yield return Of("sigsuspend", 2, 3, (Clean, 252));
        yield return Of("sigsuspend", 2, 4, (Clean, 3_252));
        yield return Of("interrupted-accept", 0, 0, ("the client is served", 11), ("fatal: interrupted (EINTR)", 4));
        yield return Of("retried-accept", 0, 0, ("the client is served", 16));
        yield return Of(
            "unsafe-handler",
            0,
            0,
            ("both lines are written, or the program ended first", 2),
            ("deadlock: handler waits for stdout", 1)
        );
        yield return Of("safe-handler", 0, 0, ("both lines are written, or the program ended first", 3));
    }

    [TestCaseSource(nameof(Counts))]
    public void Each_interleaving_is_counted_once(string name, int max, int clients, (string, int)[] counts)
    {
        var exploration = Program(name).Explore(max == 0 ? null : new ServerSize(max, clients));

        exploration.Outcomes.Select(outcome => (outcome.Name, outcome.Count)).ShouldBe(counts, ignoreOrder: true);
        exploration.Count.ShouldBe(counts.Sum(count => count.Item2));
    }

    [Test]
    public void A_copy_that_the_parent_keeps_starves_every_client()
    {
        var exploration = Program("leaked-descriptor").Explore();

        exploration
            .Outcomes.ShouldHaveSingleItem()
            .Parts.ShouldBe(["no descriptor left", "deadlock: client 1 waits for EOF, client 2 waits for EOF"]);
    }

    [Test]
    public void A_copy_that_the_parent_closes_starves_nobody() =>
        Program("closed-descriptor").Explore().ShouldAlways("every client reads its end of file");

    [Test]
    public void Two_children_at_the_limit_reach_minus_one_six_times() =>
        Program("sigprocmask").Explore(new(Max: 2, Clients: 3)).CountOf(BelowZero).ShouldBe(6);

    [Test]
    public void Every_step_is_a_line_of_the_source()
    {
        foreach (var program in LabPrograms.All)
        {
            var lines = program.Explore().Outcomes.SelectMany(outcome => outcome.Witness.Steps);
            lines
                .Where(step => step.Who is not ("child" or "clock" or "client"))
                .ShouldAllBe(step => step.Code != step.Step.Label, program.Name);
        }
    }

    private static LabProgram Program(string name) => LabPrograms.All.Single(program => program.Name == name);
}
