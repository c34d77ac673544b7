using System.ComponentModel;
using System.Diagnostics;

namespace Coroutines.Tests.Host;

/// <summary>A program that talks to the server as users do: curl, wrk.</summary>
internal static class Tool
{
    /// <summary>Runs a program to its end. Where it isn't installed, the scenario is skipped.</summary>
    public static ToolResult Run(string program, params string[] arguments)
    {
        using var process = Start(program, arguments);
        var output = new MemoryStream();
        var reading = process.StandardOutput.BaseStream.CopyToAsync(output);
        var errors = process.StandardError.ReadToEndAsync();
        if (!process.WaitForExit(ServerProcess.Patience))
        {
            process.Kill();
            throw new TimeoutException($"{program} {string.Join(' ', arguments)} did not end.");
        }
        Task.WaitAll(reading, errors);
        return new(process.ExitCode, output.ToArray(), errors.Result);
    }

    private static Process Start(string program, string[] arguments)
    {
        try
        {
            var start = new ProcessStartInfo(program, arguments)
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
            };
            return Process.Start(start)!;
        }
        catch (Win32Exception)
        {
            Assert.Ignore($"{program} isn't installed: apt-get install -y {program}");
            throw;
        }
    }
}
