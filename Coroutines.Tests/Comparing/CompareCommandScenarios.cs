using System.CommandLine;
using System.Globalization;
using global::Server.Host.Comparing;
using global::Server.Host.Models;
using CompareOptions = global::Server.Host.Comparing.CompareOptions;

namespace Coroutines.Tests.Comparing;

/// <summary>Feature: what is to be compared is said in options, and what is wrong is told so that one can mend it.</summary>
public sealed class CompareCommandScenarios
{
    private readonly StringWriter output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter error = new(CultureInfo.InvariantCulture);

    [Test]
    public void Without_options_all_models_meet_up_to_512_clients() => Read("").ShouldBe(new CompareOptions());

    [Test]
    public void Each_option_is_read()
    {
        var options = Read(
            "--output /tmp/there --duration 0.5 --connections 2,30 --models threads,events --max-processes 7 --beside ./a.out"
        );
        options.Output.ShouldBe("/tmp/there");
        options.Duration.ShouldBe(TimeSpan.FromSeconds(0.5));
        options.Connections.ShouldBe([2, 30]);
        options.Models.ShouldBe([Model.Threads, Model.Events]);
        options.MaxProcesses.ShouldBe(7);
        options.Beside.ShouldBe("./a.out");
    }

    [Test]
    public void Quick_is_short_and_small_unless_one_says_otherwise()
    {
        Read("--quick").Duration.ShouldBe(TimeSpan.FromSeconds(CompareOptions.QuickSeconds));
        Read("--quick").Connections.ShouldBe(CompareOptions.QuickConnections);
        Read("--quick --duration 2").Duration.ShouldBe(TimeSpan.FromSeconds(2));
        Read("--quick --connections 3").Connections.ShouldBe([3]);
    }

    [TestCase("--duration 0", "--duration must be 0.1 to 60, but was '0'; for example --duration 4.")]
    [TestCase("--duration 61", "--duration must be 0.1 to 60, but was '61'; for example --duration 4.")]
    [TestCase(
        "--connections 1,0",
        "Each of --connections must be 1 to 1000, but one was '0'; for example --connections 1,8,64,512."
    )]
    [TestCase(
        "--connections 1001",
        "Each of --connections must be 1 to 1000, but one was '1001'; for example --connections 1,8,64,512."
    )]
    [TestCase(
        "--models threads,forks",
        "Each of --models must be one of coroutines, iterative, processes, threads, events, but one was 'forks'; for example --models coroutines,iterative,processes,threads,events."
    )]
    [TestCase("--max-processes 0", "--max-processes must be 1 to 1000, but was '0'; for example --max-processes 64.")]
    public void What_is_wrong_is_told_in_one_line(string arguments, string message)
    {
        new global::Server.Host.CommandLine(
            _ => throw new InvalidOperationException("Nothing is served."),
            output,
            error
        )
            .Run(["compare", .. arguments.Split(' ')])
            .ShouldBe(2);
        Lines(error).ShouldBe([message, "'Server.Host compare --help' lists the options."]);
    }

    private static CompareOptions Read(string arguments)
    {
        CompareOptions? read = null;
        var command = new CompareCommand(
            (options, _, _) =>
            {
                read = options;
                return 0;
            }
        );
        command.Parse(arguments).Invoke().ShouldBe(0);
        return read.ShouldNotBeNull();
    }

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().ReplaceLineEndings("\n").Split('\n', StringSplitOptions.RemoveEmptyEntries);
}
