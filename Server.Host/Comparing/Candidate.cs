using System.Diagnostics;
using System.Globalization;
using System.Runtime.Versioning;
using Server.Host.Models;

namespace Server.Host.Comparing;

/// <summary>A server to be measured.</summary>
/// <param name="Name">What the tables call it.</param>
/// <param name="Start">How it is started. It writes its address, and nothing else, to standard output.</param>
/// <param name="Capacity">How many idle clients it can hold.</param>
[SupportedOSPlatform("linux")]
internal sealed record Candidate(string Name, ProcessStartInfo Start, int Capacity)
{
    /// <summary>This program with one of its models.</summary>
    public static Candidate Of(string model, string root, CompareOptions options)
    {
        var start = ChildProcess.OfThisProgram();
        string[] arguments =
        [
            ChildCommand.WholeServer,
            Text(Environment.ProcessId),
            "0",
            root,
            .. (string[])["--host", "127.0.0.1"],
            .. (string[])["--model", model],
            .. LimitOf(model, options),
            .. (string[])["--log-level", "error"],
        ];
        foreach (var argument in arguments)
            start.ArgumentList.Add(argument);
        return new(model, start, CapacityOf(model, options));
    }

    /// <summary>Another program, which is started as <c>program 0 root</c>, as this one is.</summary>
    public static Candidate Beside(string program, string root, CompareOptions options) =>
        new(Path.GetFileName(program), new ProcessStartInfo(program, ["0", root]), options.MaxProcesses);

    private static string[] LimitOf(string model, CompareOptions options) =>
        model switch
        {
            Model.Processes => ["--max-processes", Text(options.MaxProcesses)],
            Model.Threads => ["--max-threads", Text(CompareOptions.MaxClients)],
            _ => [],
        };

    private static int CapacityOf(string model, CompareOptions options) =>
        model switch
        {
            Model.Iterative => 1,
            Model.Processes => options.MaxProcesses,
            _ => CompareOptions.MaxClients,
        };

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);
}
