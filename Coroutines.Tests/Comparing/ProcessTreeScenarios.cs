using System.Diagnostics;
using System.Runtime.Versioning;
using global::Server.Host.Comparing;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: what a process and its children use, those that have ended included.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class ProcessTreeScenarios : IDisposable
{
    private const string Compute = "for ((i = 0; i < 300000; i++)); do :; done";

    private readonly List<Process> started = [];

    public void Dispose()
    {
        foreach (var process in started)
        {
            process.Kill(entireProcessTree: true);
            process.WaitForExit();
            process.Dispose();
        }
    }

    [Test]
    public void The_name_of_a_process_may_look_like_fields()
    {
        var fields = string.Join(' ', Enumerable.Range(5, 48)); // field N has the value N
        ProcessStatus
            .Parse($"3 (a) S 9 (b) R 4 {fields}")
            .ShouldBe(new ProcessStatus(4, 20, TimeSpan.FromMilliseconds(10 * (14 + 15 + 16 + 17))));
    }

    [Test]
    public void Children_and_theirs_belong_to_it()
    {
        var tree = Run("bash -c 'sleep 60 & echo started; wait' & wait");
        var usage = tree.Usage();
        usage.Processes.ShouldBe(3);
        usage.Threads.ShouldBe(3);
        tree.MemoryBytes().ShouldBeGreaterThan(100_000);
    }

    [Test]
    public void What_a_child_has_computed_is_counted_while_it_lives_and_when_it_was_reaped()
    {
        var living = Run($"bash -c '{Compute}; echo computed; sleep 60' & wait");
        var reaped = Run($"bash -c '{Compute}'; echo computed; read");

        foreach (var tree in (ProcessTree[])[living, reaped])
            tree.Usage().ProcessorTime.ShouldBeGreaterThan(TimeSpan.FromMilliseconds(100));
        reaped.Usage().Processes.ShouldBe(1);
    }

    [Test]
    public void One_that_has_gone_uses_nothing()
    {
        var tree = Run("echo here");
        started[0].StandardInput.Close();
        started[0].WaitForExit();
        tree.Usage().ShouldBe(new TreeUsage());
    }

    /// <summary>Runs a script, and returns when it has written a line.</summary>
    private ProcessTree Run(string script)
    {
        var start = new ProcessStartInfo("bash", ["-c", script])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        };
        started.Add(Process.Start(start)!);
        started[^1].StandardOutput.ReadLine().ShouldNotBeNull();
        return new ProcessTree(started[^1].Id);
    }
}
