using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using NLog;
using Server.Host.AccessLogs;
using Server.Host.Admin;
using Server.Host.Configuration;
using Server.Host.Files;
using Server.Host.Http;
using Server.Host.Models;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host;

/// <summary>What can be said when a folder is to be served: <c>Server.Host [port] [root] [options]</c>.</summary>
internal sealed class ServeArguments
{
    private const string Localhost = "localhost";

    private readonly Argument<int> port = new("port")
    {
        Description = "The port to listen on; 0 lets the system choose.",
        DefaultValueFactory = _ => ServerOptions.DefaultPort,
        CustomParser = Port,
    };

    private readonly Argument<string> root = new("root")
    {
        Description = "The folder to serve.",
        DefaultValueFactory = _ => ServerOptions.DefaultRoot,
        Validators = { CheckRoot },
    };

    private readonly Option<string> host = new("--host")
    {
        Description =
            "The address to listen on: 'localhost' (127.0.0.1 and ::1), or an IP address; 0.0.0.0 opens the server to the network.",
        HelpName = "address",
        DefaultValueFactory = _ => Localhost,
        Validators = { CheckAddress },
    };

    private readonly Option<bool> followLinks = Bounded.Flag(
        "--follow-links",
        "Serves what links lead to that leave the folder; without it, that isn't found."
    );

    private readonly Option<string> poller = Bounded.Choice(
        "--poller",
        "Who is asked which sockets are ready, for --model coroutines.",
        "auto",
        "select",
        "epoll"
    );
    private readonly Option<string> model = Bounded.Choice(
        "--model",
        "Who runs a connection: a coroutine, or one of the lecture's other ways.",
        Model.Names
    );
    private readonly Option<int> maxProcesses = Bounded.Limit(
        "--max-processes",
        "Children alive at a time, for --model processes.",
        ServerOptions.DefaultMaxProcesses,
        1,
        ServerOptions.MaxMaxProcesses
    );
    private readonly Option<int> maxThreads = Bounded.Limit(
        "--max-threads",
        "Clients at a time, for --model threads.",
        ServerOptions.DefaultMaxThreads,
        1,
        ServerOptions.MaxMaxThreads
    );
    private readonly Option<double> headTimeout = Bounded.Seconds(
        "--head-timeout",
        "For a whole request head, in seconds.",
        10
    );
    private readonly Option<double> idleTimeout = Bounded.Seconds(
        "--idle-timeout",
        "For the next request of a connection, in seconds.",
        15
    );
    private readonly Option<double> sendTimeout = Bounded.Seconds(
        "--send-timeout",
        "Without the client taking a byte, in seconds.",
        30
    );
    private readonly Option<double> contentTimeout = Bounded.Seconds(
        "--content-timeout",
        "For a request's content, in seconds.",
        30
    );
    private readonly Option<double> grace = Bounded.Seconds(
        "--grace",
        "For answers under way when the server stops, in seconds.",
        ServerOptions.DefaultGraceSeconds
    );
    private readonly Option<double> drainDelay = Bounded.Limit(
        "--drain-delay",
        "For load balancers to notice a stop before accepting ends, in seconds.",
        0d,
        0,
        3_600,
        "seconds"
    );

    private readonly Option<int> maxConnections = Bounded.Limit(
        "--max-connections",
        "Clients at a time, for --model coroutines and events; more are answered 503.",
        ServerOptions.DefaultMaxConnections,
        1,
        1_000_000
    );
    private readonly Option<int> maxPerAddress = Bounded.Limit(
        "--max-per-address",
        "Clients at a time from one address, for --model coroutines and events; more are answered 503. 0 is no limit.",
        ServerOptions.DefaultMaxPerAddress,
        0,
        1_000_000
    );
    private readonly Option<int> maxRequests = Bounded.Limit(
        "--max-requests",
        "Requests of one connection, which ends with the last; 0 is no limit.",
        RequestLimits.DefaultRequests,
        0,
        RequestLimits.MaxRequests
    );
    private readonly Option<int> minReceiveRate = Bounded.Limit(
        "--min-receive-rate",
        "Bytes of a request's content in a second, on average, or the client is let go; 0 is no limit.",
        HttpTimeouts.DefaultMinRate,
        0,
        HttpTimeouts.MaxMinRate
    );
    private readonly Option<int> minSendRate = Bounded.Limit(
        "--min-send-rate",
        "Bytes of an answer that the client takes in a second, or it is let go; 0 is no limit.",
        HttpTimeouts.DefaultMinRate,
        0,
        HttpTimeouts.MaxMinRate
    );
    private readonly Option<double> rateGrace = Bounded.Seconds(
        "--rate-grace",
        "For a content or an answer to come up to these rates, in seconds.",
        HttpTimeouts.DefaultRateGraceSeconds
    );
    private readonly Option<int> maxRequestLine = Bounded.Limit(
        "--max-request-line",
        "Bytes of a request line; more are answered 414.",
        RequestLimits.DefaultRequestLineBytes,
        RequestLimits.MinRequestLineBytes,
        RequestLimits.MaxRequestLineBytes
    );
    private readonly Option<int> maxHead = Bounded.Limit(
        "--max-head",
        "Bytes of a request head; more are answered 431.",
        RequestLimits.DefaultHeadBytes,
        RequestLimits.MinHeadBytes,
        RequestLimits.MaxHeadBytes
    );
    private readonly Option<int> maxFields = Bounded.Limit(
        "--max-fields",
        "Fields of a request head; more are answered 431.",
        RequestLimits.DefaultFields,
        RequestLimits.MinFields,
        RequestLimits.MaxFields
    );
    private readonly Option<long> maxContent = Bounded.Limit(
        "--max-content",
        "Bytes of a request's content; more are answered 413.",
        RequestLimits.DefaultBodyBytes,
        RequestLimits.MinBodyBytes,
        RequestLimits.MaxBodyBytes
    );

    private readonly Option<string[]> cache = Bounded.List(
        "--cache",
        "What is said in Cache-Control for the files that a pattern matches, 'off' for nothing; the last that matches counts.",
        "pattern=value",
        "'*.css=max-age=60'",
        CacheRules.WhyNot
    );

    private readonly Option<string[]> header = Bounded.List(
        "--header",
        "A field of every answer.",
        "name: value",
        "'X-Frame-Options: DENY'",
        SiteFields.WhyNot
    );

    private readonly Option<bool> securityHeaders = Bounded.Flag(
        "--security-headers",
        "Adds Content-Security-Policy, X-Content-Type-Options, Referrer-Policy and Permissions-Policy to every answer."
    );

    private readonly Option<bool> noCompression = Bounded.Flag(
        "--no-compression",
        "Compresses nothing; files that lie there as .br, .zst or .gz are served all the same."
    );

    private readonly Option<int> maxCompressed = Bounded.Limit(
        "--max-compressed",
        "Bytes of a file that is compressed.",
        FileCacheLimits.DefaultMaxCompressedBytes,
        FileCacheLimits.MinCompressedBytes,
        1_000_000_000
    );

    private readonly Option<long> cacheSize = Bounded.Limit(
        "--cache-size",
        "Bytes of files and of their compressed forms that are kept in memory.",
        FileCacheLimits.DefaultCapacityBytes,
        0,
        1L << 40
    );
    private readonly Option<string> adminPort = AdminPortOption.Make();

    private readonly Option<string> logLevel = Bounded.Choice(
        "--log-level",
        "The least important messages that are written.",
        "info",
        "trace",
        "debug",
        "warn",
        "error",
        "off"
    );

    private readonly Option<string?> logFile = new("--log-file")
    {
        Description = "A file for the messages, beside the console.",
        HelpName = "file",
    };

    private readonly Option<string> accessLog = new("--access-log")
    {
        Description = "A file for a line on each answer; '-' is standard output.",
        HelpName = "file|-|off",
        DefaultValueFactory = _ => ServerOptions.Off,
    };

    private readonly Option<string> accessLogFormat = Bounded.Choice(
        "--access-log-format",
        "What such a line looks like: Apache's Combined format, or a JSON object.",
        AccessLogFormats.Names
    );

    private readonly Option<string> watchdog = WatchdogOption.Make();

    private readonly Option<bool> open = Bounded.Flag(
        "--open",
        "Opens the site in the browser; with --debugger, that page."
    );

    /// <summary>Adds them to a command, in the order in which its help lists them.</summary>
    public void AddTo(Command command)
    {
        command.Add(port);
        command.Add(root);
        Option[] options =
        [
            host,
            followLinks,
            poller,
            model,
            maxProcesses,
            maxThreads,
            headTimeout,
            idleTimeout,
            sendTimeout,
            contentTimeout,
            grace,
            drainDelay,
            minReceiveRate,
            minSendRate,
            rateGrace,
            maxConnections,
            maxPerAddress,
            maxRequests,
            maxRequestLine,
            maxHead,
            maxFields,
            maxContent,
            cache,
            header,
            securityHeaders,
            noCompression,
            maxCompressed,
            cacheSize,
            adminPort,
            logLevel,
            logFile,
            accessLog,
            accessLogFormat,
            watchdog,
            open,
        ];
        foreach (var option in options)
            command.Add(option);
        ConfigurationArguments.AddTo(command);
        command.Validators.Add(CheckModel);
    }

    /// <summary>Why what was said can't be debugged: epoll keeps its sets in the kernel, and a model that can't be stepped
    /// can't be paused. Null if it can.</summary>
    public string? WhyNotDebugged(CommandResult said)
    {
        var name = said.GetValue(model);
        if (said.GetValue(poller) == "epoll")
            return "--debugger shows the sets of select; leave out --poller epoll.";
        if (said.GetValue(adminPort) is not (null or ServerOptions.Off))
            return "--debugger shows more than --admin-port would; leave out one of them.";
        return name is Model.Processes or Model.Threads && said.GetValue<bool>("--paused")
            ? $"--paused needs a model that can be stepped; --model {name} is run by the kernel. For example --model coroutines."
            : null;
    }

    /// <summary>What was said, with the defaults for what was not.</summary>
    public ServerOptions Read(ParseResult result) =>
        new()
        {
            Port = result.GetValue(port),
            Root = result.GetValue(root)!,
            Host = result.GetValue(host) is var address && address != Localhost ? IPAddress.Parse(address!) : null,
            Links = result.GetValue(followLinks) ? FollowedLinks.All : FollowedLinks.Inside,
            Poller = result.GetValue(poller)!,
            Model = result.GetValue(model)!,
            MaxProcesses = result.GetValue(maxProcesses),
            MaxThreads = result.GetValue(maxThreads),
            Timeouts = new HttpTimeouts
            {
                Head = TimeSpan.FromSeconds(result.GetValue(headTimeout)),
                Idle = TimeSpan.FromSeconds(result.GetValue(idleTimeout)),
                Send = TimeSpan.FromSeconds(result.GetValue(sendTimeout)),
                Content = TimeSpan.FromSeconds(result.GetValue(contentTimeout)),
                MinReceiveRate = result.GetValue(minReceiveRate),
                MinSendRate = result.GetValue(minSendRate),
                RateGrace = TimeSpan.FromSeconds(result.GetValue(rateGrace)),
            },
            Grace = TimeSpan.FromSeconds(result.GetValue(grace)),
            MaxConnections = result.GetValue(maxConnections),
            MaxPerAddress = result.GetValue(maxPerAddress),
            Limits = new RequestLimits
            {
                RequestLineBytes = result.GetValue(maxRequestLine),
                HeadBytes = result.GetValue(maxHead),
                Fields = result.GetValue(maxFields),
                BodyBytes = result.GetValue(maxContent),
                Requests = result.GetValue(maxRequests),
            },
            CacheRules = result.GetValue(cache)!,
            Headers = result.GetValue(header)!,
            HasSecurityHeaders = result.GetValue(securityHeaders),
            Files = new FileCacheLimits
            {
                MaxCompressedBytes = result.GetValue(noCompression) ? 0 : result.GetValue(maxCompressed),
                CapacityBytes = result.GetValue(cacheSize),
            },
            DrainDelay = TimeSpan.FromSeconds(result.GetValue(drainDelay)),
            AdminPort = AdminPortOption.PortOf(result.GetValue(adminPort)!),
            LogLevel = LogLevel.FromString(result.GetValue(logLevel)!),
            LogFile = result.GetValue(logFile),
            AccessLog = result.GetValue(accessLog)!,
            AccessLogFormat = result.GetValue(accessLogFormat)!,
            Watchdog = WatchdogOption.LimitOf(result.GetValue(watchdog)!),
            OpensBrowser = result.GetValue(open),
        };

    // The others have no place from which to tell a client that it is one too many: it would take a thread, or a process.
    private void CheckModel(CommandResult said)
    {
        if (
            said.GetValue(model) is Model.Iterative or Model.Processes or Model.Threads
            && said.GetValue(maxPerAddress) > 0
        )
            said.AddError(
                $"--max-per-address goes with --model {Model.Coroutines} and {Model.Events}, not {said.GetValue(model)}."
            );
    }

    private static int Port(ArgumentResult result)
    {
        var text = result.Tokens[0].Value;
        if (IsOption(text))
        {
            result.AddError($"There is no option '{text}'.");
            return 0;
        }
        var looksLikeNumber = text is [] or [(>= '0' and <= '9') or '+' or '-', ..];
        var hint = looksLikeNumber ? "for example" : "the folder comes after it:";
        var folder = looksLikeNumber ? "" : " " + text;
        return Bounded.Number(result, "port", 0, 65_535, $"{hint} {ServerOptions.DefaultPort}{folder}");
    }

    private static void CheckRoot(ArgumentResult result)
    {
        if (result.Tokens is [var token] && IsOption(token.Value))
            result.AddError($"There is no option '{token.Value}'.");
    }

    // What isn't known as an option would be taken for a folder. One that is called so is written './-name'.
    private static bool IsOption(string text) => text is ['-', not (>= '0' and <= '9'), ..];

    private static void CheckAddress(OptionResult result)
    {
        if (result.Tokens is [var token] && token.Value != Localhost && !IPAddress.TryParse(token.Value, out _))
            result.AddError(
                $"--host must be '{Localhost}' or an IP address, but was '{token.Value}'; for example --host 0.0.0.0."
            );
    }
}
