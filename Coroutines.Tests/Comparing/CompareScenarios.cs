using System.Globalization;
using System.Runtime.Versioning;
using System.Xml.Linq;
using Coroutines.Tests.Host;
using Coroutines.Tests.Models;
using global::Server.Host.Comparing;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: <c>compare</c> measures one model after the other, and leaves tables and plots.</summary>
[Platform("Linux")]
[SupportedOSPlatform("linux")]
public sealed class CompareScenarios : IDisposable
{
    private readonly SiteFolder folder = new();

    public void Dispose() => folder.Dispose();

    [Test]
    public void Tables_and_plots_of_two_models_are_written()
    {
        var output = Compare("--models", "coroutines,iterative", "--connections", "1,4").Output.ToString();

        var loads = Csv("loads.csv");
        loads
            .Select(row => row["model"] + " " + row["clients"])
            .ShouldBe([
                "coroutines 1",
                "coroutines 4",
                "coroutines 1, new connections",
                "iterative 1",
                "iterative 4",
                "iterative 1, new connections",
            ]);
        foreach (var row in loads)
        {
            Number(row["answered"]).ShouldBeGreaterThan(0);
            Number(row["requests/s"]).ShouldBeGreaterThan(0);
            Number(row["p99 ms"]).ShouldBeGreaterThanOrEqualTo(Number(row["p50 ms"]));
            (row["wrong"], row["never served"]).ShouldBe(("0", "0"));
        }
        // Four that want to stay connected take turns where one is served at a time.
        Number(loads[4]["reopened"]).ShouldBeGreaterThan(0);
        Number(loads[1]["reopened"]).ShouldBe(0);

        var servers = Csv("servers.csv");
        servers.Select(row => row["processes"]).ShouldBe(["1", "1"]);
        Number(servers[0]["beside a slow client p50 ms"]).ShouldBeLessThan(500);
        Number(servers[1]["beside a slow client p50 ms"]).ShouldBeGreaterThan(500);

        foreach (var plot in Directory.GetFiles(folder.Path, "*.svg"))
            File.ReadAllText(folder.PathOf("compare.md")).ShouldContain($"]({Path.GetFileName(plot)})");
        Directory.GetFiles(folder.Path, "*.svg").Length.ShouldBe(7);
        XDocument.Load(folder.PathOf("requests.svg")).ToString().ShouldContain("iterative");
        output.ShouldContain("1/12 coroutines: warming up\n2/12 coroutines: a new connection for each request\n");
    }

    [Test]
    public void A_server_that_cannot_be_started_is_said_not_to_be_measured()
    {
        Compare("--models", "iterative", "--beside", folder.PathOf("none"));
        File.ReadAllText(folder.PathOf("compare.md")).ShouldContain("none: 'none' can't be started: ");
        Csv("servers.csv")[1]["idle clients"].ShouldBe("-");
    }

    [Test]
    public void A_server_in_c_that_forks_is_measured_beside_them()
    {
        var program = ForkServer();

        Compare("--models", "iterative", "--beside", program);

        var loads = Csv("loads.csv").Where(row => row["model"] == "fork_server").ToList();
        loads.Count.ShouldBe(3);
        loads.ShouldAllBe(row => Number(row["answered"]) > 0 && row["wrong"] == "0" && row["refused"] == "0");
        Csv("servers.csv")[1]["processes"].ShouldBe("9"); // a child for each of eight clients
    }

    [Test]
    public void What_was_measured_before_a_server_failed_is_kept()
    {
        var startsOnce = folder.PathOf("starts_once");
        var hasStarted = folder.PathOf("has_started");
        File.WriteAllText(
            startsOnce,
            $"#!/bin/sh\n[ -e '{hasStarted}' ] && exit 1\ntouch '{hasStarted}'\nexec '{ForkServer()}' \"$@\"\n"
        );
        File.SetUnixFileMode(startsOnce, UnixFileMode.UserRead | UnixFileMode.UserExecute);

        Compare("--models", "iterative", "--beside", startsOnce); // a second one is started for the idle clients

        File.ReadAllText(folder.PathOf("compare.md"))
            .ShouldContain("starts_once: 'starts_once' ought to write its address first, but wrote ''.");
        Csv("loads.csv").Count(row => row["model"] == "starts_once" && Number(row["answered"]) > 0).ShouldBe(3);
        var server = Csv("servers.csv")[1];
        server["idle clients"].ShouldBe("-");
        Number(server["first byte p50 ms"]).ShouldBeGreaterThan(0);
        XDocument.Load(folder.PathOf("requests.svg")).ToString().ShouldContain("starts_once");
    }

    [TestCase(ServerProcess.SigInt, 130)]
    [TestCase(ServerProcess.SigTerm, 130)]
    [TestCase(ServerProcess.SigKill, 137)]
    public void A_signal_ends_it_and_the_server_that_it_started(int signal, int exitCode)
    {
        using var comparison = Start("--models", "processes", "--connections", "4", "--duration", "60");
        comparison.Output.WaitFor("1/5");
        var below = new ProcessTree(comparison.Id);
        SpinWait.SpinUntil(() => below.Usage().Processes > 2, ServerProcess.Patience).ShouldBeTrue(); // a child, too
        var servers = below.Processes().ToArray();

        comparison.Signal(signal);

        comparison.WaitForExit().ShouldBe(exitCode);
        SpinWait.SpinUntil(() => !servers.Any(Children.IsAlive), ServerProcess.Patience).ShouldBeTrue();
        Directory.GetFiles(folder.Path).ShouldBeEmpty();
    }

    private string ForkServer()
    {
        var program = folder.PathOf("fork_server");
        var source = Path.Combine(Docs.Repository.Root, "docs", "c", "fork_server.c");
        var compiled = Tool.Run("gcc", "-std=gnu17", "-O2", "-Wall", "-Wextra", "-Werror", "-o", program, source);
        compiled.ExitCode.ShouldBe(0, compiled.Errors);
        return program;
    }

    private ServerProcess Start(params string[] options) =>
        ServerProcess.Start(["compare", .. options, "--output", folder.Path]);

    private ServerProcess Compare(params string[] options)
    {
        using var comparison = Start(["--quick", "--duration", "0.2", .. options]);
        comparison.WaitForExit().ShouldBe(0, comparison.Errors.ToString());
        comparison.Errors.Lines.ShouldBeEmpty();
        return comparison;
    }

    private List<Dictionary<string, string>> Csv(string file)
    {
        var rows = File.ReadLines(folder.PathOf(file)).Select(Cells).ToList();
        return [.. rows.Skip(1).Select(row => rows[0].Zip(row).ToDictionary(cell => cell.First, cell => cell.Second))];
    }

    private static List<string> Cells(string line) =>
        [
            .. line.Split('"')
                .SelectMany((part, i) => i % 2 == 1 ? [part] : part.Trim(',').Split(','))
                .Where(cell => cell.Length > 0),
        ];

    private static double Number(string cell) => double.Parse(cell, CultureInfo.InvariantCulture);
}
