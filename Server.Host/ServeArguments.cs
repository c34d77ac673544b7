using System.CommandLine;
using System.CommandLine.Parsing;
using System.Net;
using System.Net.Sockets;
using Server.Host.Admin;
using Server.Host.Configuration;
using Server.Host.Files;
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
    private readonly Option<string> workers = WorkersOption.Make();

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

    private readonly TimeoutArguments timeouts = new();
    private readonly LimitArguments limits = new();
    private readonly ContentArguments contents = new();
    private readonly LogArguments logs = new();
    private readonly Option<string> adminPort = AdminPortOption.Make();

    private readonly Option<string> watchdog = WatchdogOption.Make();

    private readonly Option<bool> open = Bounded.Flag(
        "--open",
        "Opens the site in the browser; with --debugger, that page."
    );

    /// <summary>The option <c>--admin-port</c>.</summary>
    public Option AdminPort => adminPort;

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
            workers,
            maxProcesses,
            maxThreads,
            .. timeouts.Options,
            .. limits.Options,
            .. contents.Options,
            .. logs.Options,
            adminPort,
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
        var name = said.TextOf(model);
        if (said.TextOf(poller) == "epoll")
            return "--debugger shows the sets of select; leave out --poller epoll.";
        if (WorkersOption.AreSeveral(said))
            return "--debugger steps through one scheduler; leave out --workers.";
        if (said.TextOf(adminPort) is not (null or ServerOptions.Off))
            return "--debugger shows more than --admin-port would; leave out one of them.";
        return name is Model.Processes or Model.Threads && said.GetValue<bool>("--paused")
            ? $"--paused needs a model that can be stepped; --model {name} is run by the kernel. For example --model coroutines."
            : null;
    }

    /// <summary>What was said, with the defaults for what was not.</summary>
    public ServerOptions Read(ParseResult result)
    {
        var options = new ServerOptions
        {
            Port = result.GetValue(port),
            Root = result.GetValue(root)!,
            Host = result.GetValue(host) is var address && address != Localhost ? IPAddress.Parse(address!) : null,
            Links = result.GetValue(followLinks) ? FollowedLinks.All : FollowedLinks.Inside,
            Poller = result.GetValue(poller)!,
            Model = result.GetValue(model)!,
            Workers = WorkersOption.CountOf(result.GetValue(workers)!),
            MaxProcesses = result.GetValue(maxProcesses),
            MaxThreads = result.GetValue(maxThreads),
            AdminPort = AdminPortOption.PortOf(result.GetValue(adminPort)!),
            Watchdog = WatchdogOption.LimitOf(result.GetValue(watchdog)!),
            OpensBrowser = result.GetValue(open),
            OfNoUse = WhatIsOfNoUse(result),
        };
        IArguments[] others = [timeouts, limits, contents, logs];
        return others.Aggregate(options, (read, some) => some.Read(result, read));
    }

    // Who sets a limit of clients relies on it: one that isn't kept is refused. What else is of no use does no harm, and a
    // file of options may be there for several models: that is told.
    private IEnumerable<ModelOption> RefusedElsewhere =>
        [
            new(workers, Model.Coroutines),
            new(maxProcesses, Model.Processes),
            new(maxThreads, Model.Threads),
            .. limits.OfModels,
        ];

    private IEnumerable<ModelOption> IdleElsewhere => [new(poller, Model.Coroutines), new(watchdog, Model.Coroutines)];

    private void CheckModel(CommandResult said)
    {
        var chosen = said.Has(model) ? said.TextOf(model) : Model.Names[0]; // a default has no value yet
        if (chosen is null)
            return;
        foreach (var limit in RefusedElsewhere)
            if (limit.WhyNot(chosen, said) is { } reason)
                said.GetResult(limit.Option)!.AddError(reason);
    }

    private string[] WhatIsOfNoUse(ParseResult result) =>
        IdleElsewhere
            .Select(option => option.WhyNot(result.GetValue(model)!, result.CommandResult))
            .OfType<string>()
            .Concat(logs.OfNoUse(result))
            .ToArray();

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
        else if (result.Tokens is [{ Value: "" }])
            result.AddError("root must be a folder, but was ''; for example www.");
    }

    // What isn't known as an option would be taken for a folder. One that is called so is written './-name'.
    private static bool IsOption(string text) => text is ['-', not (>= '0' and <= '9'), ..];

    // Octal, hexadecimal and shortened IPv4 addresses, such as 010.0.0.1 or 8080, mean another one than they seem to.
    private static bool IsAddress(string text) =>
        IPAddress.TryParse(text, out var address)
        && (address.AddressFamily == AddressFamily.InterNetworkV6 ? !text.Contains(']') : address.ToString() == text);

    private static void CheckAddress(OptionResult result)
    {
        if (result.Tokens is [var token] && token.Value != Localhost && !IsAddress(token.Value))
            result.AddError(
                $"--host must be '{Localhost}' or an IP address, but was '{token.Value}'; for example --host 0.0.0.0."
            );
    }
}
