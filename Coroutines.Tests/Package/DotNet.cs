using System.Diagnostics;

namespace Coroutines.Tests.Package;

/// <summary>The SDK's command line.</summary>
internal static class DotNet
{
    // Cold, on a machine that does much else, a build takes minutes; the suite's own limit for a test is five.
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(4);

    /// <summary>Runs a command to its end, and returns what it printed.</summary>
    public static string Run(string folder, params string[] arguments)
    {
        var start = new ProcessStartInfo("dotnet", arguments)
        {
            WorkingDirectory = folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        };
        using var process = Process.Start(start)!;
        var output = process.StandardOutput.ReadToEndAsync();
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(Patience))
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"dotnet {string.Join(' ', arguments)} did not end within {Patience}.");
        }
        process.ExitCode.ShouldBe(0, $"dotnet {string.Join(' ', arguments)}\n{output.Result}{errors.Result}");
        return output.Result;
    }
}
