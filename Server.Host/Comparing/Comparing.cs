using System.Runtime.Versioning;
using Coroutines;

namespace Server.Host.Comparing;

/// <summary>Puts the parts of <c>compare</c> together.</summary>
internal static class Comparing
{
    private const int Interrupted = 130; // as a shell tells that a process ended by Ctrl+C

    /// <summary>Compares until it is done, or told to stop, and returns the exit code.</summary>
    public static int Run(CompareOptions options, TextWriter output, TextWriter error)
    {
        if (OperatingSystem.IsLinux())
            return RunOnLinux(options, output, error);
        error.WriteLine("compare needs Linux: it reads from /proc what the servers use.");
        return ExitCode.Failed;
    }

    [SupportedOSPlatform("linux")]
    private static int RunOnLinux(CompareOptions options, TextWriter output, TextWriter error)
    {
        try
        {
            Directory.CreateDirectory(options.Output);
            var loadAverage = string.Join(' ', File.ReadAllText("/proc/loadavg").Split(' ')[..3]);
            if (Measure(options, output) is not { } results)
                return Interrupted;
            new ComparisonReport(options, results) { LoadAverage = loadAverage }.Write(output);
            return ExitCode.Succeeded;
        }
        catch (Exception refused) when (refused is IOException or UnauthorizedAccessException)
        {
            error.WriteLine($"The comparison can't be written: {refused.Message}");
            return ExitCode.Failed;
        }
    }

    /// <summary>Null if it was told to stop.</summary>
    [SupportedOSPlatform("linux")]
    private static IReadOnlyList<CandidateResult>? Measure(CompareOptions options, TextWriter output)
    {
        using var site = new GeneratedSite();
        using var scheduler = new Scheduler();
        var comparison = new Comparison(
            Candidates(site, options),
            options,
            site.Page,
            DisplayOn(output),
            TimeProvider.System
        );
        var measuring = scheduler.Spawn(comparison.Run(), "comparison");
        using var signals = new StopSignals(scheduler.Stop);
        scheduler.Run();
        return measuring.State == CoroutineState.Completed ? comparison.Results : null;
    }

    [SupportedOSPlatform("linux")]
    private static List<Candidate> Candidates(GeneratedSite site, CompareOptions options)
    {
        var all = options.Models.Select(model => Candidate.Of(model, site.Root, options)).ToList();
        if (options.Beside is { } program)
            all.Add(Candidate.Beside(program, site.Root, options));
        return all;
    }

    private static IProgressDisplay DisplayOn(TextWriter output) =>
        ReferenceEquals(output, Console.Out) && !Console.IsOutputRedirected
            ? new ProgressBar(output)
            : new ProgressLines(output);
}
