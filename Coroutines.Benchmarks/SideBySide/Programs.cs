using System.ComponentModel;
using System.Diagnostics;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Programs that are run to their end.</summary>
internal static class Programs
{
    // A native publication takes a minute or two; on a busy machine, more.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    /// <summary>Runs one, and returns what it wrote, errors included.</summary>
    /// <exception cref="MissingException">It isn't installed, fails, or takes more than ten minutes.</exception>
    public static string Run(string program, string getIt, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start, getIt);
        var written = Task.WhenAll(process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        if (!process.WaitForExit(Patience))
            process.Kill(entireProcessTree: true);
        process.WaitForExit();
        var output = string.Concat(written.Result);
        return process.ExitCode == 0
            ? output
            : throw new MissingException($"{program} {string.Join(' ', arguments)} failed:\n{output}");
    }

    /// <summary>Starts one.</summary>
    /// <exception cref="MissingException">It isn't installed.</exception>
    public static Process Start(ProcessStartInfo start, string getIt)
    {
        try
        {
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            throw new MissingException($"{start.FileName} isn't there: {getIt}");
        }
    }
}
