using System.Globalization;
using System.Text;
using System.Text.Json;
using Coroutines.Tests.Docs;
using Coroutines.Tests.Server.Files;
using Server.Host;
using Server.Host.Configuration;
using Server.Host.Models;

namespace Coroutines.Tests.Server;

/// <summary>Feature: options are said on the command line, in the environment or in a file; what is wrong is told with where
/// it was said.</summary>
public sealed class ConfigurationScenarios : IDisposable
{
    private readonly TemporaryFolder folder = new();
    private readonly StringWriter output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter error = new(CultureInfo.InvariantCulture);
    private readonly Dictionary<string, string> environment = new() { ["PATH"] = "/bin", ["COROUTINES"] = "no option" };
    private ServerOptions? options;
    private int exitCode;

    public void Dispose() => folder.Dispose();

    private string FilePath => Path.Combine(folder.Top, "site.json");

    [Test]
    public void The_command_line_goes_before_the_environment_that_before_the_file_and_that_before_the_default()
    {
        GivenAFile("""{ "head-timeout": 1, "idle-timeout": 1, "send-timeout": 1 }""");
        environment["COROUTINES_HEAD_TIMEOUT"] = "2";
        environment["COROUTINES_IDLE_TIMEOUT"] = "2";
        WhenItIsRun("--config", FilePath, "--head-timeout", "3");
        ThenItServes();
        options!.Timeouts.Head.ShouldBe(TimeSpan.FromSeconds(3));
        options.Timeouts.Idle.ShouldBe(TimeSpan.FromSeconds(2));
        options.Timeouts.Send.ShouldBe(TimeSpan.FromSeconds(1));
        options.Timeouts.Content.ShouldBe(TimeSpan.FromSeconds(30));
    }

    [Test]
    public void A_variable_names_the_file_and_the_command_line_another_one()
    {
        GivenAFile("""{ "port": 1 }""");
        environment["COROUTINES_CONFIG"] = FilePath;
        WhenItIsRun();
        options!.Port.ShouldBe(1);

        environment["COROUTINES_CONFIG"] = folder.Top + "/missing.json";
        WhenItIsRun("--config", FilePath);
        options!.Port.ShouldBe(1);
    }

    [Test]
    public void A_limit_that_the_model_would_not_keep_is_refused_where_it_was_said()
    {
        GivenAFile("""{ "max-threads": 5, "watchdog": 5 }""");
        WhenItIsRun("--config", FilePath);
        ThenItIsWrong($"{FilePath}: --max-threads goes with --model threads, not coroutines.");
        WhenItIsRun("--config", FilePath, "--model", "threads");
        options!.OfNoUse.ShouldBe(["--watchdog goes with --model coroutines, not threads."]);
    }

    [Test]
    public void A_default_that_a_file_repeats_is_no_limit_that_was_set()
    {
        GivenAFile("""{ "max-threads": 1000, "max-per-address": 0, "poller": "auto" }""");
        WhenItIsRun("--config", FilePath, "--model", "processes");
        ThenItServes();
        options!.OfNoUse.ShouldBeEmpty();
    }

    [Test]
    public void Port_and_folder_have_their_places_wherever_they_are_said()
    {
        environment["COROUTINES_ROOT"] = "/from/environment";
        WhenItIsRun();
        ThenItServes(ServerOptions.DefaultPort, "/from/environment");
        WhenItIsRun("8080");
        ThenItServes(8080, "/from/environment");
        WhenItIsRun("8080", "/srv");
        ThenItServes(8080, "/srv");
        environment["COROUTINES_PORT"] = "81";
        WhenItIsRun("--poller", "select");
        ThenItServes(81, "/from/environment");
    }

    [Test]
    public void An_empty_variable_says_nothing()
    {
        environment["COROUTINES_GRACE"] = "";
        environment["COROUTINES_OPEN"] = "";
        WhenItIsRun();
        options.ShouldBe(new ServerOptions());
    }

    [TestCase("true", "", true)]
    [TestCase("True", "", true)]
    [TestCase("false", "", false)]
    [TestCase("true", "--open=false", false)]
    [TestCase("false", "--open", true)]
    [TestCase("", "--open=true", true)]
    public void What_is_on_elsewhere_can_be_taken_back(string variable, string argument, bool opens)
    {
        environment["COROUTINES_OPEN"] = variable;
        WhenItIsRun(argument is "" ? [] : [argument]);
        ThenItServes();
        options!.OpensBrowser.ShouldBe(opens);
    }

    [Test]
    public void What_may_be_repeated_is_an_array_in_a_file_and_has_a_line_for_each_in_a_variable()
    {
        GivenAFile("""{ "header": ["X-A: 1", "X-B: 2, 3"], "cache": ["*.css=max-age=60"] }""");
        environment["COROUTINES_CACHE"] = "*.js=no-store\n*.png=max-age=9\n";
        WhenItIsRun("--config", FilePath);
        ThenItServes();
        options!.Headers.ShouldBe(["X-A: 1", "X-B: 2, 3"]);
        options.CacheRules.ShouldBe(["*.js=no-store", "*.png=max-age=9"]);

        WhenItIsRun("--config", FilePath, "--header", "X-C: 4", "--print-config");
        using var printed = JsonDocument.Parse(output.ToString());
        printed.RootElement.GetProperty("header").EnumerateArray().Single().GetString().ShouldBe("X-C: 4");
        printed.RootElement.GetProperty("cache").GetArrayLength().ShouldBe(2);
    }

    [Test]
    public void Numbers_and_texts_and_flags_are_read_from_a_file_that_may_have_comments()
    {
        GivenAFile(
            """
            {
              // the address
              "port": 8080, "root": "/srv/s", "host": "::1",
              "watchdog": "off", "max-fields": "20", "open": true, /* and */ "debugger": false,
            }
            """
        );
        WhenItIsRun("--config", FilePath);
        ThenItServes(8080, "/srv/s");
        options!.Host.ShouldBe(System.Net.IPAddress.IPv6Loopback);
        options.Watchdog.ShouldBeNull();
        options.Limits.Fields.ShouldBe(20);
        options.OpensBrowser.ShouldBeTrue();
        options.Debugger.ShouldBeNull();
    }

    [TestCase(
        "COROUTINES_GRACE",
        "0",
        "COROUTINES_GRACE: --grace must be 0.001 to 86400, but was '0'; for example --grace 10."
    )]
    [TestCase(
        "COROUTINES_PORT",
        "x",
        "COROUTINES_PORT: port must be 0 to 65535, but was 'x'; the folder comes after it: 30000 x."
    )]
    [TestCase(
        "COROUTINES_GRAC",
        "1",
        "The variable COROUTINES_GRAC stands for no option of Server.Host; did you mean COROUTINES_GRACE?"
    )]
    [TestCase(
        "COROUTINES_grace",
        "1",
        "The variable COROUTINES_grace stands for no option of Server.Host; did you mean COROUTINES_GRACE?"
    )]
    [TestCase(
        "COROUTINES_OPEN",
        "1",
        "COROUTINES_OPEN must be true or false, but was '1'; for example COROUTINES_OPEN=true."
    )]
    [TestCase(
        "COROUTINES_MODEL",
        "x",
        "COROUTINES_MODEL: --model must be one of coroutines, iterative, processes, threads, events, but was 'x'; for example --model coroutines."
    )]
    public void A_wrong_variable_is_told(string variable, string value, string message)
    {
        environment[variable] = value;
        WhenItIsRun();
        ThenItIsWrong(message);
    }

    [TestCase("""{ "grace": -1 }""", "--grace must be 0.001 to 86400, but was '-1'; for example --grace 10.")]
    [TestCase("""{ "grace": 1e9 }""", "--grace must be 0.001 to 86400, but was '1e9'; for example --grace 10.")]
    [TestCase("""{ "grac": 1 }""", "'grac' stands for no option of Server.Host; did you mean 'grace'?")]
    [TestCase("""{ "--grace": 1 }""", "'--grace' stands for no option of Server.Host; did you mean 'grace'?")]
    [TestCase("""{ "grace": null }""", "'grace' must be a number or a text, but was null.")]
    [TestCase("""{ "grace": [1] }""", "'grace' must be a number or a text, but was [1].")]
    [TestCase("""{ "header": "X-A: 1" }""", "'header' must be an array of texts, but was \"X-A: 1\".")]
    [TestCase("""{ "header": ["X-A: 1", null] }""", "'header' must be an array of texts, but was [\"X-A: 1\", null].")]
    [TestCase(
        """{ "header": ["X-A"] }""",
        "--header 'X-A' has no ':' between its name and its value; for example --header 'X-Frame-Options: DENY'."
    )]
    [TestCase("""{ "open": "true" }""", "'open' must be true or false, but was \"true\".")]
    [TestCase("""{ "config": "a" }""", "'config' can't be said in a file; it goes on the command line: --config.")]
    [TestCase("[]", "it must be one JSON object; for example { \"port\": 30000 }.")]
    public void What_is_wrong_in_a_file_is_told(string json, string message)
    {
        GivenAFile(json);
        WhenItIsRun("--config", FilePath);
        ThenItIsWrong($"{FilePath}: {message}");
    }

    [TestCase("{")]
    [TestCase("")]
    [TestCase("""{ "grace": 1, "grace": 2 }""")]
    [TestCase("""{ "grace" = 1 }""")]
    public void A_file_that_is_no_JSON_is_told(string json)
    {
        GivenAFile(json);
        WhenItIsRun("--config", FilePath);
        exitCode.ShouldBe(2);
        ErrorLines[0].ShouldStartWith($"{FilePath}: it isn't JSON: ");
    }

    [TestCase(""" { "root": "ÿ" } """)]
    [TestCase(""" { "rootÿ": "a" } """)]
    [TestCase(""" { "header": ["A: ÿ"] } """)]
    [TestCase(""" { "root": "\ud800" } """)]
    [TestCase(""" { "\ud800": 1 } """)]
    public void A_file_that_is_no_Unicode_is_told(string json)
    {
        File.WriteAllText(FilePath, json, Encoding.Latin1);
        WhenItIsRun("--config", FilePath);
        exitCode.ShouldBe(2);
        ErrorLines[0].ShouldStartWith($"{FilePath}: it isn't JSON: ");
    }

    [TestCase("root", """ "" """)]
    [TestCase("root", """ "a\u0000b" """)]
    [TestCase("access-log", """ "" """)]
    [TestCase("host", """ "" """)]
    [TestCase("header", """ ["A: b", ""] """)]
    public void What_is_empty_or_holds_a_NUL_is_told(string name, string value)
    {
        GivenAFile($$"""{ "{{name}}": {{value.Trim()}} }""");
        WhenItIsRun("--config", FilePath);
        exitCode.ShouldBe(2);
        ErrorLines[0]
            .ShouldBe($"{FilePath}: '{name}' must be a text with something in it, and no NUL, but was {value.Trim()}.");
    }

    [Test]
    public void A_byte_order_mark_does_no_harm()
    {
        File.WriteAllText(FilePath, """{ "port": 8080 }""", Encoding.UTF8);
        WhenItIsRun("--config", FilePath);
        ThenItServes();
        options!.Port.ShouldBe(8080);
    }

    [Test]
    public void A_file_that_is_missing_is_told()
    {
        WhenItIsRun("--config", FilePath);
        exitCode.ShouldBe(2);
        ErrorLines[0].ShouldStartWith("--config names a file that can't be read: ");
        ErrorLines[0].ShouldContain(FilePath);
    }

    [Test]
    public void All_that_is_wrong_is_told_at_once()
    {
        GivenAFile("""{ "head-timeout": 0, "send": 1 }""");
        environment["COROUTINES_GRACE"] = "soon";
        WhenItIsRun("--config", FilePath, "--max-fields", "1");
        exitCode.ShouldBe(2);
        ErrorLines.Length.ShouldBe(5);
    }

    [Test]
    public void Help_is_given_whatever_is_wrong_elsewhere()
    {
        environment["COROUTINES_X"] = "1";
        WhenItIsRun("--help");
        exitCode.ShouldBe(0);
        error.ToString().ShouldBeEmpty();
    }

    [Test]
    public void Step_is_configured_likewise()
    {
        environment["COROUTINES_GRACE"] = "soon";
        WhenItIsRun("step", "0");
        ThenItIsWrong(
            "COROUTINES_GRACE: --grace must be 0.001 to 86400, but was 'soon'; for example --grace 10.",
            "Server.Host step"
        );
    }

    [Test]
    public void What_holds_is_printed_as_a_file_that_says_the_same()
    {
        environment["COROUTINES_IDLE_TIMEOUT"] = ".5";
        environment["COROUTINES_MODEL"] = Model.Events;
        WhenItIsRun("8080", "/srv/a b", "--open", "--max-content=+5", "--print-config");
        exitCode.ShouldBe(0);
        options.ShouldBeNull();
        var printed = output.ToString();
        error.ToString().ShouldContain("idle-timeout: from COROUTINES_IDLE_TIMEOUT");
        error.ToString().ShouldContain("port: from the command line");
        error.ToString().ShouldNotContain("grace");

        GivenAFile(printed);
        environment.Clear();
        WhenItIsRun("--config", FilePath, "--print-config");
        exitCode.ShouldBe(0);
        output.ToString().ShouldBe(printed);
        WhenItIsRun("--config", FilePath);
        ThenItServes(8080, "/srv/a b");
        options!.Timeouts.Idle.ShouldBe(TimeSpan.FromSeconds(0.5));
        options.Model.ShouldBe(Model.Events);
        options.OpensBrowser.ShouldBeTrue();
        options.Limits.BodyBytes.ShouldBe(5);
    }

    [Test]
    public void The_default_is_printed_whole_and_every_option_has_a_variable()
    {
        WhenItIsRun("--print-config");
        using var printed = JsonDocument.Parse(output.ToString());
        foreach (var setting in printed.RootElement.EnumerateObject())
        {
            environment[SettingNames.VariableOf(setting.Name)] = setting.Value.ToString();
            SettingNames.NameOf(SettingNames.VariableOf(setting.Name)).ShouldBe(setting.Name);
        }
        WhenItIsRun();
        options.ShouldBe(new ServerOptions());
    }

    [Test]
    public void What_nobody_said_is_from_nowhere()
    {
        GivenAFile("""{ "root": "/srv" }""");
        WhenItIsRun("--config", FilePath, "--print-config");
        error.ToString().ShouldContain($"root: from {FilePath}");
        error.ToString().ShouldNotContain("port: from");
    }

    [Test]
    public void Nothing_that_is_wrong_is_printed()
    {
        WhenItIsRun("--print-config", "--grace", "0");
        exitCode.ShouldBe(2);
        output.ToString().ShouldBeEmpty();
    }

    [Test]
    public void The_file_on_the_page_is_accepted()
    {
        var page = Repository.Page("docs/operating.md").Text.ReplaceLineEndings("\n");
        GivenAFile(page.Split("```json\n")[1].Split("```")[0]);
        WhenItIsRun("--config", FilePath);
        ThenItServes();
        options!.Port.ShouldBe(8080);
    }

    private string[] ErrorLines => error.ToString().TrimEnd().Split(Environment.NewLine);

    private void GivenAFile(string json) => File.WriteAllText(FilePath, json);

    private void WhenItIsRun(params string[] arguments)
    {
        options = null;
        output.GetStringBuilder().Clear();
        error.GetStringBuilder().Clear();
        exitCode = new CommandLine(Serve, output, error, environment).Run(arguments);
    }

    private int Serve(ServerOptions given)
    {
        options = given;
        return 0;
    }

    private void ThenItServes(int port, string root)
    {
        ThenItServes();
        (options!.Port, options.Root).ShouldBe((port, root));
    }

    private void ThenItServes()
    {
        exitCode.ShouldBe(0, error.ToString());
        options.ShouldNotBeNull();
    }

    private void ThenItIsWrong(string message, string command = "Server.Host")
    {
        exitCode.ShouldBe(2);
        options.ShouldBeNull();
        ErrorLines.ShouldBe([message, $"'{command} --help' lists the options."]);
    }
}
