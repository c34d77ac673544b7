using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using System.Net;
using System.Numerics;
using NLog;
using Server.Host.Http;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host;

/// <summary>The command line: <c>Server.Host [port] [root] [options]</c>.</summary>
/// <remarks>A wrong value is told with its option, its range and an example, and ends with exit code 2. The exit code is 1
/// for what is wrong outside of the command line: a port in use, a missing folder.</remarks>
internal sealed class CommandLine
{
    private const double MaxSeconds = 86_400; // a day
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

    private readonly Option<string> poller = Choice(
        "--poller",
        "Who is asked which sockets are ready.",
        "auto",
        "select",
        "epoll"
    );
    private readonly Option<double> headTimeout = Seconds(
        "--head-timeout",
        "For a whole request head, in seconds.",
        10
    );
    private readonly Option<double> idleTimeout = Seconds(
        "--idle-timeout",
        "For the next request of a connection, in seconds.",
        15
    );
    private readonly Option<double> sendTimeout = Seconds(
        "--send-timeout",
        "Without the client taking a byte, in seconds.",
        30
    );
    private readonly Option<double> contentTimeout = Seconds(
        "--content-timeout",
        "For a request's content, in seconds.",
        30
    );
    private readonly Option<double> grace = Seconds(
        "--grace",
        "For answers under way when the server stops, in seconds.",
        ServerOptions.DefaultGraceSeconds
    );

    private readonly Option<int> maxConnections = Limit(
        "--max-connections",
        "Clients at a time; more are answered 503.",
        ServerOptions.DefaultMaxConnections,
        1,
        1_000_000
    );
    private readonly Option<int> maxRequestLine = Limit(
        "--max-request-line",
        "Bytes of a request line; more are answered 414.",
        RequestLimits.DefaultRequestLineBytes,
        RequestLimits.MinRequestLineBytes,
        RequestLimits.MaxRequestLineBytes
    );
    private readonly Option<int> maxHead = Limit(
        "--max-head",
        "Bytes of a request head; more are answered 431.",
        RequestLimits.DefaultHeadBytes,
        RequestLimits.MinHeadBytes,
        RequestLimits.MaxHeadBytes
    );
    private readonly Option<int> maxFields = Limit(
        "--max-fields",
        "Fields of a request head; more are answered 431.",
        RequestLimits.DefaultFields,
        RequestLimits.MinFields,
        RequestLimits.MaxFields
    );
    private readonly Option<long> maxContent = Limit(
        "--max-content",
        "Bytes of a request's content; more are answered 413.",
        RequestLimits.DefaultBodyBytes,
        RequestLimits.MinBodyBytes,
        RequestLimits.MaxBodyBytes
    );

    private readonly Option<string> logLevel = Choice(
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
        Description = "A file for a line on each answer, in Combined format; '-' is standard output.",
        HelpName = "file|-|off",
        DefaultValueFactory = _ => ServerOptions.Off,
    };

    private readonly Option<bool> open = new("--open")
    {
        Description = "Opens the site in the browser.",
        Arity = ArgumentArity.Zero,
    };

    private readonly RootCommand command;
    private readonly TextWriter output;
    private readonly TextWriter error;

    /// <param name="serve">What to do; its result is the exit code.</param>
    public CommandLine(Func<ServerOptions, int> serve)
        : this(serve, Console.Out, Console.Error) { }

    /// <param name="serve">What to do; its result is the exit code.</param>
    /// <param name="output">Where help and version are written.</param>
    /// <param name="error">Where is written what is wrong.</param>
    public CommandLine(Func<ServerOptions, int> serve, TextWriter output, TextWriter error)
    {
        (this.output, this.error) = (output, error);
        command = new RootCommand("Serves a folder over HTTP/1.1, each connection by a coroutine.")
        {
            port,
            root,
            host,
            poller,
            headTimeout,
            idleTimeout,
            sendTimeout,
            contentTimeout,
            grace,
            maxConnections,
            maxRequestLine,
            maxHead,
            maxFields,
            maxContent,
            logLevel,
            logFile,
            accessLog,
            open,
        };
        command.SetAction(result => serve(Read(result)));
    }

    /// <summary>Does what the arguments ask for, and returns the exit code.</summary>
    public int Run(string[] arguments)
    {
        var result = command.Parse(arguments);
        if (result.Errors.Count == 0)
            return result.Invoke(new InvocationConfiguration { Output = output, Error = error });
        foreach (var wrong in result.Errors)
            error.WriteLine(Explain(wrong));
        error.WriteLine("'Server.Host --help' lists the options.");
        return ExitCode.WrongUsage;
    }

    private ServerOptions Read(ParseResult result) =>
        new()
        {
            Port = result.GetValue(port),
            Root = result.GetValue(root)!,
            Host = result.GetValue(host) is var address && address != Localhost ? IPAddress.Parse(address!) : null,
            Poller = result.GetValue(poller)!,
            Timeouts = new HttpTimeouts
            {
                Head = TimeSpan.FromSeconds(result.GetValue(headTimeout)),
                Idle = TimeSpan.FromSeconds(result.GetValue(idleTimeout)),
                Send = TimeSpan.FromSeconds(result.GetValue(sendTimeout)),
                Content = TimeSpan.FromSeconds(result.GetValue(contentTimeout)),
            },
            Grace = TimeSpan.FromSeconds(result.GetValue(grace)),
            MaxConnections = result.GetValue(maxConnections),
            Limits = new RequestLimits
            {
                RequestLineBytes = result.GetValue(maxRequestLine),
                HeadBytes = result.GetValue(maxHead),
                Fields = result.GetValue(maxFields),
                BodyBytes = result.GetValue(maxContent),
            },
            LogLevel = LogLevel.FromString(result.GetValue(logLevel)!),
            LogFile = result.GetValue(logFile),
            AccessLog = result.GetValue(accessLog)!,
            OpensBrowser = result.GetValue(open),
        };

    private static Option<double> Seconds(string name, string description, double byDefault) =>
        Limit(name, description, byDefault, 0.001, MaxSeconds, "seconds");

    private static Option<T> Limit<T>(
        string name,
        string description,
        T byDefault,
        T min,
        T max,
        string unit = "number"
    )
        where T : struct, INumber<T> =>
        new(name)
        {
            Description = description,
            HelpName = unit,
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => Number(result, name, min, max, Example(name, byDefault)),
        };

    private static Option<string> Choice(string name, string description, params string[] values)
    {
        var option = new Option<string>(name)
        {
            Description = description,
            HelpName = string.Join('|', values),
            DefaultValueFactory = _ => values[0],
        };
        option.Validators.Add(result =>
        {
            if (result.Tokens is [var token] && !values.Contains(token.Value))
                result.AddError(
                    $"{name} must be one of {string.Join(", ", values)}, but was '{token.Value}'; for example {name} {values[0]}."
                );
        });
        return option;
    }

    private static string Example<T>(string name, T value) =>
        string.Create(CultureInfo.InvariantCulture, $"for example {name} {value}");

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
        return Number(result, "port", 0, 65_535, $"{hint} {ServerOptions.DefaultPort}{folder}");
    }

    private static void CheckRoot(ArgumentResult result)
    {
        if (result.Tokens is [var token] && IsOption(token.Value))
            result.AddError($"There is no option '{token.Value}'.");
    }

    // What isn't known as an option would be taken for a folder. One that is called so is written './-name'.
    private static bool IsOption(string text) => text is ['-', not (>= '0' and <= '9'), ..];

    private static T Number<T>(ArgumentResult result, string name, T min, T max, string hint)
        where T : struct, INumber<T>
    {
        const NumberStyles Styles = NumberStyles.AllowDecimalPoint | NumberStyles.AllowLeadingSign;
        var text = result.Tokens[0].Value;
        if (T.TryParse(text, Styles, CultureInfo.InvariantCulture, out var value) && value >= min && value <= max)
            return value;
        result.AddError(
            string.Create(CultureInfo.InvariantCulture, $"{name} must be {min} to {max}, but was '{text}'; {hint}.")
        );
        return default;
    }

    private static void CheckAddress(OptionResult result)
    {
        if (result.Tokens is [var token] && token.Value != Localhost && !IPAddress.TryParse(token.Value, out _))
            result.AddError(
                $"--host must be '{Localhost}' or an IP address, but was '{token.Value}'; for example --host 0.0.0.0."
            );
    }

    private static string Explain(ParseError wrong) =>
        wrong.SymbolResult is not OptionResult { Option: var option } result ? wrong.Message
        : result.IdentifierTokenCount > 1
            ? $"{option.Name} was given {result.IdentifierTokenCount} times; give it once."
        : result.Tokens.Count == 0 ? $"{option.Name} needs a value: {option.Name} <{option.HelpName}>."
        : wrong.Message;
}
