using System.Globalization;
using global::Server.Host;
using global::Server.Host.Exploring;

namespace Coroutines.Tests.Exploring;

/// <summary>Feature: <c>explore</c> lists the programs, and prints what each can do.</summary>
public sealed class ExploreCommandScenarios
{
    private readonly StringWriter output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter error = new(CultureInfo.InvariantCulture);
    private ServerOptions? served;
    private int exitCode;

    private static IEnumerable<string> Names => LabPrograms.All.Select(program => program.Name);

    [Test]
    public void Without_a_name_the_programs_are_listed()
    {
        WhenItIsRun("explore");
        exitCode.ShouldBe(0);
        Lines(output).Select(line => line.Split(' ')[0]).ShouldBe(Names);
    }

    [Test]
    public void A_program_is_printed_with_source_counts_and_witnesses()
    {
        WhenItIsRun("explore lost-decrement");

        exitCode.ShouldBe(0);
        var text = output.ToString();
        text.ShouldContain("M2      tmp = tmp - 1;");
        text.ShouldContain("4 interleavings:");
        text.ShouldContain("       2  a decrement is lost");
        text.ShouldContain("4  handler  H1 wait(NULL); g--;  1  1    -        0        0");
    }

    [TestCaseSource(nameof(Names))]
    public void It_fits_a_hundred_columns(string name)
    {
        WhenItIsRun($"explore {name}");
        Lines(output).Max(line => line.Length).ShouldBeLessThanOrEqualTo(100);
    }

    [Test]
    public void A_server_has_a_size()
    {
        WhenItIsRun("explore sigsuspend --max 2 --clients 3");
        output.ToString().ShouldContain("252 interleavings (MAX = 2, 3 clients):");
    }

    [TestCase("explore lost-decrament", "There is no program 'lost-decrament'; the nearest is 'lost-decrement'.")]
    [TestCase("explore sigprocmsk", "There is no program 'sigprocmsk'; the nearest is 'sigprocmask'.")]
    [TestCase("explore two-threads --max 2", "--max is for servers, such as 'explore sigprocmask --max 2'.")]
    [TestCase("explore --clients 2", "--clients is for servers, such as 'explore sigprocmask --clients 2'.")]
    [TestCase("explore sigprocmask --max 0", "--max must be 1 to 9, but was '0'; for example --max 2.")]
    [TestCase("explore sigprocmask --clients 10", "--clients must be 1 to 9, but was '10'; for example --clients 2.")]
    [TestCase(
        "explore two-threads --limit 0",
        "--limit must be 1 to 100000000, but was '0'; for example --limit 100000."
    )]
    public void What_is_wrong_is_told_in_one_line(string arguments, string message)
    {
        WhenItIsRun(arguments);
        exitCode.ShouldBe(2);
        Lines(error).ShouldBe([message, "'Server.Host explore --help' lists the options."]);
        output.ToString().ShouldBeEmpty();
    }

    [Test]
    public void A_program_that_is_too_large_fails_and_is_not_cut_short()
    {
        WhenItIsRun("explore two-threads --limit 19");

        exitCode.ShouldBe(1);
        error.ToString().ShouldStartWith("two-threads: A model may have 19 interleavings, but this one has more");
        error.ToString().ShouldContain("Here that is '--limit'; for example explore two-threads --limit 190.");
        output.ToString().ShouldBeEmpty();
    }

    [Test]
    public void A_folder_of_that_name_is_still_served()
    {
        WhenItIsRun("8080 ./explore");
        served.ShouldNotBeNull().Root.ShouldBe("./explore");
    }

    private static string[] Lines(StringWriter writer) =>
        writer.ToString().TrimEnd().ReplaceLineEndings("\n").Split('\n');

    private void WhenItIsRun(string arguments) =>
        exitCode = new CommandLine(Serve, output, error).Run(arguments.Split(' '));

    private int Serve(ServerOptions options)
    {
        served = options;
        return 0;
    }
}
