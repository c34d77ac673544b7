using System.CommandLine;
using System.CommandLine.Parsing;
using Coroutines.Exploring;
using ParseResult = System.CommandLine.ParseResult;

namespace Server.Host.Exploring;

/// <summary><c>Server.Host explore [program]</c>: lists the programs of the lecture, or takes one through every
/// interleaving.</summary>
internal sealed class ExploreCommand : Command
{
    private const int MaxInterleavings = 100_000_000; // some hours

    private readonly Argument<string?> program = new("program")
    {
        Description = "The program to explore; without it, they are listed.",
        Arity = ArgumentArity.ZeroOrOne,
        Validators = { CheckName },
    };

    private readonly Option<int?> max = Size("--max", "Children that may run at a time, in a server.");
    private readonly Option<int?> clients = Size("--clients", "Clients of a server.");

    private readonly Option<int> limit = Bounded.Limit(
        "--limit",
        "Interleavings at most; more are an error.",
        new ExplorationLimits().Interleavings,
        1,
        MaxInterleavings
    );

    public ExploreCommand()
        : base("explore", "Takes a program of the lecture through every interleaving.")
    {
        Add(program);
        Add(max);
        Add(clients);
        Add(limit);
        Validators.Add(CheckSize);
        SetAction(Explore);
    }

    private int Explore(ParseResult result)
    {
        var (output, error) = (result.InvocationConfiguration.Output, result.InvocationConfiguration.Error);
        if (Named(result.GetValue(program)) is not { } chosen)
            return List(output);
        var size = chosen.Size is { } usual
            ? usual with
            {
                Max = result.GetValue(max) ?? usual.Max,
                Clients = result.GetValue(clients) ?? usual.Clients,
            }
            : default(ServerSize?);
        var limits = new ExplorationLimits { Interleavings = result.GetValue(limit) };
        try
        {
            output.WriteLine(new ExplorationReport(chosen, size, chosen.Explore(size, limits)));
            return ExitCode.Succeeded;
        }
        catch (ExplorationException tooLarge)
        {
            error.WriteLine($"{chosen.Name}: {tooLarge.Message}");
            error.WriteLine(
                $"Here that is '--limit'; for example explore {chosen.Name} --limit {10L * limits.Interleavings}."
            );
            return ExitCode.Failed;
        }
    }

    private static int List(TextWriter output)
    {
        foreach (var listed in LabPrograms.All)
            output.WriteLine($"{listed.Name, -26}{listed.Summary}");
        return ExitCode.Succeeded;
    }

    private static LabProgram? Named(string? name) => LabPrograms.All.FirstOrDefault(known => known.Name == name);

    private static void CheckName(ArgumentResult result)
    {
        if (result.Tokens is [var token] && Named(token.Value) is null)
            result.AddError(
                $"There is no program '{token.Value}'; the nearest is '{Nearest.To(token.Value, LabPrograms.All.Select(known => known.Name))}'."
            );
    }

    private void CheckSize(CommandResult result)
    {
        foreach (var option in new[] { max, clients })
        {
            if (result.GetResult(option) is not null && Named(result.GetValue(program)) is not { Size: not null })
                result.AddError($"{option.Name} is for servers, such as 'explore sigprocmask {option.Name} 2'.");
        }
    }

    private static Option<int?> Size(string name, string description) =>
        new(name)
        {
            Description = description,
            HelpName = "number",
            CustomParser = result => Bounded.Number(result, name, 1, ServerSize.MaxLimit, $"for example {name} 2"),
        };
}
