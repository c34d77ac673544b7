using System.ComponentModel;
using System.Diagnostics;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Programs that are run to their end.</summary>
internal static class Programs
{
    /// <summary>Runs one, and returns what it wrote, errors included.</summary>
    /// <exception cref="MissingException">It isn't installed, or fails.</exception>
    public static string Run(string program, string getIt, params IEnumerable<string> arguments)
    {
        var start = new ProcessStartInfo(program, arguments)
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Start(start, getIt);
        var errors = process.StandardError.ReadToEndAsync();
        var output = process.StandardOutput.ReadToEnd();
        process.WaitForExit();
        return process.ExitCode == 0
            ? output + errors.Result
            : throw new MissingException($"{program} {string.Join(' ', arguments)} failed:\n{output}{errors.Result}");
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
