using System.CommandLine;
using System.CommandLine.Parsing;
using System.Globalization;
using Server.Host.Models;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Comparing;

/// <summary><c>Server.Host compare</c>: loads the server in each of its models, and writes tables and plots.</summary>
internal sealed class CompareCommand : Command
{
    private readonly Option<string> output = new("--output")
    {
        Description = "The folder for tables and plots.",
        HelpName = "folder",
        DefaultValueFactory = _ => CompareOptions.DefaultOutput,
    };

    private readonly Option<double> duration = Bounded.Limit(
        "--duration",
        "How long each load is counted, in seconds.",
        CompareOptions.DefaultSeconds,
        CompareOptions.MinSeconds,
        CompareOptions.MaxSeconds,
        "seconds"
    );

    private readonly Option<int[]> connections = List(
        "--connections",
        "Clients that ask at once, load by load.",
        CompareOptions.DefaultConnections,
        ReadClients
    );

    private readonly Option<string[]> models = List("--models", "The models to compare.", Model.Names, ReadModel);

    private readonly Option<int> maxProcesses = Bounded.Limit(
        "--max-processes",
        "Children alive at a time, for the model with processes.",
        CompareOptions.DefaultMaxProcesses,
        1,
        ServerOptions.MaxMaxProcesses
    );

    private readonly Option<string?> beside = new("--beside")
    {
        Description = "Another server to measure: started as 'program 0 folder', it writes its address.",
        HelpName = "program",
    };

    private readonly Option<bool> quick = new("--quick")
    {
        Description = "Few clients and short loads, unless they are said: to see that it works, not to measure.",
        Arity = ArgumentArity.Zero,
    };

    /// <param name="compare">Compares, and returns the exit code.</param>
    public CompareCommand(Func<CompareOptions, TextWriter, TextWriter, int> compare)
        : base("compare", "Loads the server in each of its models, and writes tables and plots.")
    {
        Option[] options = [output, duration, connections, models, maxProcesses, beside, quick];
        foreach (var option in options)
            Add(option);
        SetAction(result =>
            compare(Read(result), result.InvocationConfiguration.Output, result.InvocationConfiguration.Error)
        );
    }

    private CompareOptions Read(ParseResult result)
    {
        var isQuick = result.GetValue(quick);
        bool IsSaid(Option option) => result.GetResult(option) is { Implicit: false };
        return new()
        {
            Output = result.GetValue(output)!,
            Duration = TimeSpan.FromSeconds(
                isQuick && !IsSaid(duration) ? CompareOptions.QuickSeconds : result.GetValue(duration)
            ),
            Connections =
                isQuick && !IsSaid(connections) ? CompareOptions.QuickConnections : result.GetValue(connections)!,
            Models = result.GetValue(models)!,
            MaxProcesses = result.GetValue(maxProcesses),
            Beside = result.GetValue(beside),
        };
    }

    /// <summary>An option that takes words with commas between them.</summary>
    private static Option<T[]> List<T>(
        string name,
        string description,
        T[] byDefault,
        Func<string, (T Value, string? Wrong)> read
    )
    {
        var words = string.Join(',', byDefault);
        return new(name)
        {
            Description = description + $" [default: {words}]",
            HelpName = "list",
            DefaultValueFactory = _ => byDefault,
            CustomParser = result => [.. Words(result, name, words, read)],
        };
    }

    private static IEnumerable<T> Words<T>(
        ArgumentResult result,
        string name,
        string example,
        Func<string, (T Value, string? Wrong)> read
    )
    {
        foreach (var word in result.Tokens[0].Value.Split(','))
        {
            var (value, wrong) = read(word);
            if (wrong is not null)
                result.AddError($"Each of {name} must be {wrong}, but one was '{word}'; for example {name} {example}.");
            yield return value;
        }
    }

    private static (int, string?) ReadClients(string word) =>
        int.TryParse(word, NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        && number is >= 1 and <= CompareOptions.MaxClients
            ? (number, null)
            : (0, $"1 to {CompareOptions.MaxClients}");

    private static (string, string?) ReadModel(string word) =>
        Model.Names.Contains(word) ? (word, null) : (word, $"one of {string.Join(", ", Model.Names)}");
}
