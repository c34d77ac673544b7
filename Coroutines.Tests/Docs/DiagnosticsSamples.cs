using Coroutines.Diagnostics;
using Coroutines.Testing;
using static Coroutines.Wait;

namespace Coroutines.Tests.Docs;

#pragma warning disable IDE0040 // samples stand on the pages as local functions of a program, without 'private'

/// <summary>Frames, dump, watchdog.</summary>
public sealed class DiagnosticsSamples
{
    [Test]
    public void Frames_are_printed()
    {
        using var simulation = new Simulation();
        var coroutine = simulation.Scheduler.Spawn(Doze());
        simulation.RunUntilIdle();
        using var output = new StringWriter();
        Print(coroutine, output);
        output.ToString().ShouldContain("DiagnosticsSamples.Doze at DiagnosticsSamples.cs:");
        output.ToString().ShouldContain("hours = 2");
    }

    [Test]
    public void Whoever_asks_is_told_where_all_stand()
    {
        using var simulation = new Simulation();
        simulation.Scheduler.Spawn(Doze(), "dozer");
        var told = "";
        simulation.RunUntilIdle();
        Ask(simulation.Scheduler, text => told = text);
        simulation.RunUntilIdle();
        told.ShouldContain("#1 'dozer', waits for Sleep");
    }

    [Test]
    public void A_long_step_is_told()
    {
        using var simulation = new Simulation();
        using var output = new StringWriter();
        using var watchdog = Watch(simulation.Scheduler, output);
        simulation.Scheduler.Spawn(Lingers(simulation.Clock));
        simulation.RunUntilIdle();
        output.ToString().ShouldContain("still runs: #1 'coroutine 1', begun at DiagnosticsSamples.Lingers");
        output.ToString().ShouldContain("has ended: #1 'coroutine 1'");
    }

    // sample: frames
    static void Print(Coroutine coroutine, TextWriter output)
    {
        foreach (var frame in coroutine.Frames())
        {
            output.WriteLine(frame); // Chat.Serve at Chat.cs:48
            foreach (var variable in frame.Variables)
                output.WriteLine($"  {variable}"); // room = "hall"
        }
    }

    // end sample

    // sample: dump
    static void Ask(Scheduler scheduler, Action<string> tell) =>
        scheduler.Post(() => tell(scheduler.Dump().ToString())); // from any thread

    // end sample

    // sample: watchdog
    static Watchdog Watch(Scheduler scheduler, TextWriter output)
    {
        var watchdog = new Watchdog(scheduler, TimeSpan.FromMilliseconds(100));
        watchdog.LimitReached += step => output.WriteLine($"still runs: {step}");
        watchdog.StepEnded += step => output.WriteLine($"has ended: {step}");
        return watchdog;
    }

    // end sample

    private static IEnumerator<Wait> Doze()
    {
        var hours = Environment.ProcessId > 0 ? 2 : 1;
        yield return Sleep(TimeSpan.FromHours(hours));
        GC.KeepAlive(hours);
    }

    private static IEnumerator<Wait> Lingers(ManualClock clock)
    {
        clock.Advance(TimeSpan.FromMilliseconds(150));
        yield return Pause();
    }
}
