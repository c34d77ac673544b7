using Coroutines.Tests.Host;
using Coroutines.Tests.Server.Files;
using global::Server.Host.Exploring;

namespace Coroutines.Tests.Exploring;

/// <summary>Feature: what the real programs do, in C and on this kernel, the explorer has foretold.</summary>
/// <remarks>Which of the outcomes occur is chance. That no other does is what is tested.</remarks>
[Platform("Linux")]
public sealed class RealProgramScenarios : IDisposable
{
    private const int Rounds = 100;

    private readonly TemporaryFolder folder = new();

    public void Dispose() => folder.Dispose();

    private static IEnumerable<TestCaseData> Programs()
    {
        static TestCaseData Of(string name, int max, int clients, string file, string arguments) =>
            new TestCaseData(name, new ServerSize(max, clients), file, arguments).SetArgDisplayNames(
                name,
                $"{max}",
                $"{clients}"
            );

        yield return Of("lost-decrement", 0, 0, "lost_decrement", "");
        yield return Of("check-then-wait", 1, 3, "mp_server", "check-then-wait 1 3");
        yield return Of("check-then-wait-counting", 1, 3, "mp_server", "check-then-wait-counting 1 3");
        yield return Of("sigprocmask", 1, 3, "mp_server", "sigprocmask 1 3");
        yield return Of("sigsuspend", 1, 3, "mp_server", "sigsuspend 1 3");
        yield return Of("sigsuspend", 2, 4, "mp_server", "sigsuspend 2 4");
        yield return Of("interrupted-accept", 0, 0, "interrupted_accept", "once");
        yield return Of("retried-accept", 0, 0, "interrupted_accept", "again");
        yield return Of("unsafe-handler", 0, 0, "handler_with_lock", "unsafe");
        yield return Of("safe-handler", 0, 0, "handler_with_lock", "safe");
    }

    [TestCaseSource(nameof(Programs))]
    public void Each_outcome_is_among_those_of_the_model(string name, object size, string file, string arguments)
    {
        var foretold = LabPrograms.All.Single(program => program.Name == name).Explore((ServerSize)size);
        var seen = Run(file, arguments);

        seen.Length.ShouldBe(Rounds);
        seen.Distinct().Except(foretold.Outcomes.Select(outcome => outcome.Name)).ShouldBeEmpty();
    }

    private string[] Run(string file, string arguments)
    {
        var program = Path.Combine(folder.Top, file);
        var source = Path.Combine(Docs.Repository.Root, "docs", "c", file + ".c");
        var compiled = Tool.Run("gcc", "-std=gnu17", "-O1", "-Wall", "-Wextra", "-Werror", "-o", program, source);
        compiled.ExitCode.ShouldBe(0, compiled.Errors);
        var ran = Tool.Run(program, [.. arguments.Split(' ', StringSplitOptions.RemoveEmptyEntries), $"{Rounds}"]);
        ran.ExitCode.ShouldBe(0, ran.Errors);
        return ran.Text.TrimEnd().Split('\n');
    }
}
