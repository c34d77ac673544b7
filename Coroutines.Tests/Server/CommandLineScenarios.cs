using System.Globalization;
using System.Net;
using NLog;
using Server.Host;
using Server.Host.Debugger;
using Server.Host.Files;

namespace Coroutines.Tests.Server;

/// <summary>Feature: the command line is read in full, and what is wrong is told so that one can mend it.</summary>
public sealed class CommandLineScenarios
{
    private readonly StringWriter output = new(CultureInfo.InvariantCulture);
    private readonly StringWriter error = new(CultureInfo.InvariantCulture);
    private ServerOptions? options;
    private int exitCode;

    [Test]
    public void Without_arguments_the_defaults_hold()
    {
        WhenItIsRun();
        ThenItServes(new ServerOptions());
    }

    [Test]
    public void Port_and_folder_are_taken_by_their_place()
    {
        WhenItIsRun("8080", "/srv/site");
        ThenItServes(new ServerOptions { Port = 8080, Root = "/srv/site" });
    }

    private static IEnumerable<TestCaseData> Options()
    {
        static TestCaseData Option(string arguments, Func<ServerOptions, object?> value, object? expected) =>
            new TestCaseData(arguments, value, expected).SetArgDisplayNames(arguments);
        static TestCaseData Time(string arguments, Func<ServerOptions, object?> value, double seconds) =>
            Option(arguments, value, TimeSpan.FromSeconds(seconds));

        yield return Option("0", all => all.Port, 0);
        yield return Option("65535", all => all.Port, 65_535);
        yield return Option("--host localhost", all => all.Host, null);
        yield return Option("--host 0.0.0.0", all => all.Host, IPAddress.Any);
        yield return Option("--host ::1", all => all.Host, IPAddress.IPv6Loopback);
        yield return Option("--debugger", all => all.Debugger, new DebuggerOptions(30_001, StartsPaused: false));
        yield return Option(
            "--debugger --paused",
            all => all.Debugger,
            new DebuggerOptions(30_001, StartsPaused: true)
        );
        yield return Option("--debugger --debugger-port 0", all => all.Debugger!.Port, 0);
        yield return Option("--debugger --model threads", all => all.Debugger!.StartsPaused, false);
        yield return Option("--poller select", all => all.Poller, "select");
        yield return Option("--poller epoll", all => all.Poller, "epoll");
        yield return Option("--model events", all => all.Model, "events");
        yield return Option("--workers 1 --debugger", all => all.Workers, 1);
        yield return Option("--workers 64 --model coroutines", all => all.Workers, 64);
        yield return Option("--workers auto", all => all.Workers, Math.Min(Environment.ProcessorCount, 64));
        yield return Option("--model processes --max-processes 1", all => all.MaxProcesses, 1);
        yield return Option("--max-processes 1000 --model processes", all => all.MaxProcesses, 1_000);
        yield return Option("--model threads --max-threads 10000", all => all.MaxThreads, 10_000);
        yield return Time("--head-timeout 1.5", all => all.Timeouts.Head, 1.5);
        yield return Time("--idle-timeout 0.001", all => all.Timeouts.Idle, 0.001);
        yield return Time("--send-timeout 86400", all => all.Timeouts.Send, 86_400);
        yield return Time("--content-timeout 7", all => all.Timeouts.Content, 7);
        yield return Time("--grace=3", all => all.Grace, 3);
        yield return Option("--max-connections 1", all => all.MaxConnections, 1);
        yield return Option("--max-connections 1000000", all => all.MaxConnections, 1_000_000);
        yield return Option("--max-request-line 256", all => all.Limits.RequestLineBytes, 256);
        yield return Option("--max-head 1048576", all => all.Limits.HeadBytes, 1_048_576);
        yield return Option("--max-fields 16", all => all.Limits.Fields, 16);
        yield return Option("--max-content 0", all => all.Limits.BodyBytes, 0L);
        yield return Option("--max-content 1099511627776", all => all.Limits.BodyBytes, 1L << 40);
        yield return Option("--max-per-address 1", all => all.MaxPerAddress, 1);
        yield return Option("--max-per-address 8 --model events", all => all.MaxPerAddress, 8);
        yield return Option("--max-requests 1000", all => all.Limits.Requests, 1_000);
        yield return Option("--min-receive-rate 0", all => all.Timeouts.MinReceiveRate, 0);
        yield return Option("--min-send-rate 1000000000", all => all.Timeouts.MinSendRate, 1_000_000_000);
        yield return Time("--rate-grace 2.5", all => all.Timeouts.RateGrace, 2.5);
        yield return Option("--cache *.css=no-store", all => all.CacheRules, (string[])["*.css=no-store"]);
        yield return Option(
            "--cache **=off --cache=/a/**=max-age=5 8080",
            all => all.CacheRules,
            (string[])["**=off", "/a/**=max-age=5"]
        );
        yield return Option("--cache **=off 8080", all => all.Port, 8_080);
        yield return Option("--header X-A:b --header X-B:c", all => all.Headers, (string[])["X-A:b", "X-B:c"]);
        yield return Option(
            "--header Set-Cookie:a=b --header Set-Cookie:c=d",
            all => all.Headers,
            (string[])["Set-Cookie:a=b", "Set-Cookie:c=d"]
        );
        yield return Option("--header X-A:b 8080", all => all.Port, 8_080);
        yield return Option("--security-headers", all => all.HasSecurityHeaders, true);
        yield return Option("--no-compression", all => all.Files.MaxCompressedBytes, 0);
        yield return Option("--max-compressed 1000", all => all.Files.MaxCompressedBytes, 1_000);
        yield return Option("--cache-size 0", all => all.Files.CapacityBytes, 0L);
        yield return Option("--cache-size 1099511627776", all => all.Files.CapacityBytes, 1L << 40);
        yield return Option("--log-level trace", all => all.LogLevel, LogLevel.Trace);
        yield return Option("--log-level off", all => all.LogLevel, LogLevel.Off);
        yield return Option("--log-file a.log", all => all.LogFile, "a.log");
        yield return Option("--access-log -", all => all.AccessLog, "-");
        yield return Option("--access-log a.log", all => all.AccessLog, "a.log");
        yield return Option("--follow-links", all => all.Links, FollowedLinks.All);
        yield return Option("--admin-port 0", all => all.AdminPort, 0);
        yield return Option("--admin-port 65535", all => all.AdminPort, 65_535);
        yield return Option("--admin-port off", all => all.AdminPort, null);
        yield return Time("--drain-delay 0", all => all.DrainDelay, 0);
        yield return Time("--drain-delay 3600", all => all.DrainDelay, 3_600);
        yield return Option("--access-log - --access-log-format json", all => all.AccessLogFormat, "json");
        yield return Time("--watchdog 1", all => all.Watchdog, 0.001);
        yield return Time("--watchdog 3600000", all => all.Watchdog, 3_600);
        yield return Time("--watchdog 2.5", all => all.Watchdog, 0.0025);
        yield return Option("--watchdog off", all => all.Watchdog, null);
        yield return Option("--open", all => all.OpensBrowser, true);
        yield return Option("--open 8080 www", all => all.Port, 8_080);
    }

    [TestCaseSource(nameof(Options))]
    public void An_option_arrives(string arguments, object value, object? expected)
    {
        WhenItIsRun(arguments.Split(' '));
        exitCode.ShouldBe(0, error.ToString());
        ((Func<ServerOptions, object?>)value)(options.ShouldNotBeNull()).ShouldBe(expected);
    }

    [TestCase("65536", "port must be 0 to 65535, but was '65536'; for example 30000.")]
    [TestCase("-1", "port must be 0 to 65535, but was '-1'; for example 30000.")]
    [TestCase("80.5", "port must be 0 to 65535, but was '80.5'; for example 30000.")]
    [TestCase("www", "port must be 0 to 65535, but was 'www'; the folder comes after it: 30000 www.")]
    [TestCase("./www 8080", "port must be 0 to 65535, but was './www'; the folder comes after it: 30000 ./www.")]
    [TestCase(
        "--host nowhere",
        "--host must be 'localhost' or an IP address, but was 'nowhere'; for example --host 0.0.0.0."
    )]
    [TestCase(
        "--host 8080",
        "--host must be 'localhost' or an IP address, but was '8080'; for example --host 0.0.0.0."
    )]
    [TestCase(
        "--host 010.0.0.1",
        "--host must be 'localhost' or an IP address, but was '010.0.0.1'; for example --host 0.0.0.0."
    )]
    [TestCase(
        "--host [::1]:80",
        "--host must be 'localhost' or an IP address, but was '[::1]:80'; for example --host 0.0.0.0."
    )]
    [TestCase(
        "--poller kqueue",
        "--poller must be one of auto, select, epoll, but was 'kqueue'; for example --poller auto."
    )]
    [TestCase("--head-timeout 0", "--head-timeout must be 0.001 to 86400, but was '0'; for example --head-timeout 10.")]
    [TestCase(
        "--idle-timeout 86400.1",
        "--idle-timeout must be 0.001 to 86400, but was '86400.1'; for example --idle-timeout 15."
    )]
    [TestCase(
        "--send-timeout NaN",
        "--send-timeout must be 0.001 to 86400, but was 'NaN'; for example --send-timeout 30."
    )]
    [TestCase(
        "--content-timeout 1,5",
        "--content-timeout must be 0.001 to 86400, but was '1,5'; for example --content-timeout 30."
    )]
    [TestCase("--grace -1", "--grace must be 0.001 to 86400, but was '-1'; for example --grace 10.")]
    [TestCase("--grace 1e2", "--grace must be 0.001 to 86400, but was '1e2'; for example --grace 10.")]
    [TestCase(
        "--max-connections 0",
        "--max-connections must be 1 to 1000000, but was '0'; for example --max-connections 10000."
    )]
    [TestCase(
        "--max-request-line 255",
        "--max-request-line must be 256 to 1048576, but was '255'; for example --max-request-line 8192."
    )]
    [TestCase(
        "--max-head 1048577",
        "--max-head must be 1024 to 1048576, but was '1048577'; for example --max-head 32768."
    )]
    [TestCase("--max-fields many", "--max-fields must be 16 to 10000, but was 'many'; for example --max-fields 100.")]
    [TestCase(
        "--max-content 1099511627777",
        "--max-content must be 0 to 1099511627776, but was '1099511627777'; for example --max-content 1048576."
    )]
    [TestCase(
        "--max-content 99999999999999999999",
        "--max-content must be 0 to 1099511627776, but was '99999999999999999999'; for example --max-content 1048576."
    )]
    [TestCase(
        "--log-level loud",
        "--log-level must be one of info, trace, debug, warn, error, off, but was 'loud'; for example --log-level info."
    )]
    [TestCase(
        "--watchdog 0.9",
        "--watchdog must be off, or 1 to 3600000 milliseconds, but was '0.9'; for example --watchdog 100."
    )]
    [TestCase(
        "--watchdog 3600001",
        "--watchdog must be off, or 1 to 3600000 milliseconds, but was '3600001'; for example --watchdog 100."
    )]
    [TestCase(
        "--watchdog on",
        "--watchdog must be off, or 1 to 3600000 milliseconds, but was 'on'; for example --watchdog 100."
    )]
    [TestCase(
        "--max-per-address 2 --model threads",
        "--max-per-address goes with --model coroutines and events, not threads."
    )]
    [TestCase(
        "--max-per-address 0 --model iterative",
        "--max-per-address goes with --model coroutines and events, not iterative."
    )]
    [TestCase(
        "--max-connections 10000 --model processes",
        "--max-connections goes with --model coroutines and events, not processes."
    )]
    [TestCase("--max-threads 10", "--max-threads goes with --model threads, not coroutines.")]
    [TestCase("--model events --max-processes 5", "--max-processes goes with --model processes, not events.")]
    [TestCase("--workers 2 --model iterative", "--workers goes with --model coroutines, not iterative.")]
    [TestCase("--workers 2 --model processes", "--workers goes with --model coroutines, not processes.")]
    [TestCase("--workers 2 --model threads", "--workers goes with --model coroutines, not threads.")]
    [TestCase("--workers 1 --model events", "--workers goes with --model coroutines, not events.")]
    [TestCase("--workers 2 --debugger", "--debugger steps through one scheduler; leave out --workers.")]
    [TestCase("--workers auto --debugger", "--debugger steps through one scheduler; leave out --workers.")]
    [TestCase("--workers auto --model events", "--workers goes with --model coroutines, not events.")]
    [TestCase("--workers 0", "--workers must be auto, or 1 to 64, but was '0'; for example --workers 2.")]
    [TestCase("--workers -1", "--workers must be auto, or 1 to 64, but was '-1'; for example --workers 2.")]
    [TestCase("--workers 65", "--workers must be auto, or 1 to 64, but was '65'; for example --workers 2.")]
    [TestCase("--workers many", "--workers must be auto, or 1 to 64, but was 'many'; for example --workers 2.")]
    [TestCase(
        "--min-send-rate -1",
        "--min-send-rate must be 0 to 1000000000, but was '-1'; for example --min-send-rate 240."
    )]
    [TestCase(
        "--cache *.css",
        "--cache '*.css' has no '=' between its pattern and its value; for example --cache '*.css=max-age=60'."
    )]
    [TestCase(
        "--cache *.css=max_age=60",
        "--cache '*.css=max_age=60' has the unknown directive 'max_age=60'; for example --cache '*.css=max-age=60'."
    )]
    [TestCase(
        "--header X-A:b --header Date:now",
        "--header 'Date:now' must not set Date: the server says it itself; for example --header 'X-Frame-Options: DENY'."
    )]
    [TestCase(
        "--header X-Frame-Options:DENY --header Vary:a --header x-frame-options:SAMEORIGIN",
        "--header must name X-Frame-Options once, but does so 2 times; if it is a list, put commas between its values."
    )]
    [TestCase("--cache", "--cache needs a value: --cache <pattern=value>.")]
    [TestCase(
        "--max-compressed 999",
        "--max-compressed must be 1000 to 1000000000, but was '999'; for example --max-compressed 10000000."
    )]
    [TestCase(
        "--cache-size -1",
        "--cache-size must be 0 to 1099511627776, but was '-1'; for example --cache-size 67108864."
    )]
    [TestCase(
        "--admin-port 65536",
        "--admin-port must be off, or 0 to 65535, but was '65536'; for example --admin-port 9090."
    )]
    [TestCase(
        "--admin-port on",
        "--admin-port must be off, or 0 to 65535, but was 'on'; for example --admin-port 9090."
    )]
    [TestCase("--admin-port 9090 --debugger", "--debugger shows more than --admin-port would; leave out one of them.")]
    [TestCase("--drain-delay -1", "--drain-delay must be 0 to 3600, but was '-1'; for example --drain-delay 0.")]
    [TestCase("--paused", "--paused needs --debugger; for example --debugger --paused.")]
    [TestCase("--debugger-port 5", "--debugger-port needs --debugger; for example --debugger --debugger-port 30001.")]
    [TestCase("--debugger --poller epoll", "--debugger shows the sets of select; leave out --poller epoll.")]
    [TestCase(
        "--debugger --paused --model threads",
        "--paused needs a model that can be stepped; --model threads is run by the kernel. For example --model coroutines."
    )]
    [TestCase(
        "--debugger --debugger-port 70000",
        "--debugger-port must be 0 to 65535, but was '70000'; for example --debugger-port 30001."
    )]
    [TestCase("--grace", "--grace needs a value: --grace <seconds>.")]
    [TestCase("--log-file", "--log-file needs a value: --log-file <file>.")]
    [TestCase("--host", "--host needs a value: --host <address>.")]
    [TestCase("--log-file= 8080", "--log-file needs a value: --log-file <file>.")]
    [TestCase("--grace 1 --grace 2", "--grace was given 2 times; give it once.")]
    [TestCase("--poller auto --poller epoll", "--poller was given 2 times; give it once.")]
    [TestCase("--model threads --model events --max-threads 5", "--model was given 2 times; give it once.")]
    [TestCase("--model", "--model needs a value: --model <coroutines|iterative|processes|threads|events>.")]
    [TestCase("--debugger --poller auto --poller epoll", "--poller was given 2 times; give it once.")]
    [TestCase("--debugger --admin-port 1 --admin-port 2", "--admin-port was given 2 times; give it once.")]
    [TestCase("--max-conections 5", "There is no option '--max-conections'.")]
    [TestCase("8080 --verbose", "There is no option '--verbose'.")]
    [TestCase("8080 www --verbose", "Unrecognized command or argument '--verbose'.")]
    [TestCase("", "port must be 0 to 65535, but was ''; for example 30000.")]
    [TestCase("--access-log", "--access-log needs a value: --access-log <file|-|off>.")]
    [TestCase("-x", "There is no option '-x'.")]
    [TestCase("8080 www more", "Unrecognized command or argument 'more'.")]
    public void What_is_wrong_is_told_in_one_line(string arguments, string message)
    {
        WhenItIsRun(arguments.Split(' '));
        ThenItIsWrong(message);
    }

    [TestCase("--poller auto --watchdog 5")]
    [TestCase("--model threads")]
    [TestCase("--model events --poller select", "--poller goes with --model coroutines, not events.")]
    [TestCase(
        "--model threads --watchdog off --poller epoll",
        "--poller goes with --model coroutines, not threads.",
        "--watchdog goes with --model coroutines, not threads."
    )]
    [TestCase("--access-log - --access-log-format json")]
    [TestCase("--access-log-format json", "--access-log-format needs --access-log; for example --access-log -.")]
    [TestCase(
        "--access-log off --access-log-format combined",
        "--access-log-format needs --access-log; for example --access-log -."
    )]
    public void What_is_of_no_use_is_found(string arguments, params string[] found)
    {
        WhenItIsRun(arguments.Split(' '));
        exitCode.ShouldBe(0, error.ToString());
        options!.OfNoUse.ShouldBe(found);
    }

    [Test]
    public void Each_wrong_option_is_told()
    {
        WhenItIsRun("--grace", "x", "--max-fields", "y");
        ErrorLines.Length.ShouldBe(3);
        exitCode.ShouldBe(2);
    }

    [TestCase("--help")]
    [TestCase("-h")]
    [TestCase("8080 --help")]
    public void Help_lists_every_option(string arguments)
    {
        WhenItIsRun(arguments.Split(' '));
        exitCode.ShouldBe(0);
        options.ShouldBeNull();
        foreach (
            var name in "port root --host --poller --grace --max-content --log-level --access-log --open".Split(' ')
        )
            output.ToString().ShouldContain(name);
    }

    [Test]
    public void Version_is_told()
    {
        WhenItIsRun("--version");
        exitCode.ShouldBe(0);
        options.ShouldBeNull();
        output.ToString().Trim().ShouldStartWith("0.1.0");
    }

    [Test]
    public void The_exit_code_is_that_of_the_server() => new CommandLine(_ => 7, output, error).Run([]).ShouldBe(7);

    private string[] ErrorLines => error.ToString().TrimEnd().Split(Environment.NewLine);

    private void WhenItIsRun(params string[] arguments) =>
        exitCode = new CommandLine(Serve, output, error).Run(arguments);

    private int Serve(ServerOptions given)
    {
        options = given;
        return 0;
    }

    private void ThenItServes(ServerOptions expected)
    {
        exitCode.ShouldBe(0, error.ToString());
        options.ShouldBe(expected);
        error.ToString().ShouldBeEmpty();
    }

    private void ThenItIsWrong(string message)
    {
        exitCode.ShouldBe(2);
        options.ShouldBeNull();
        ErrorLines.ShouldBe([message, "'Server.Host --help' lists the options."]);
    }
}
