using System.Text.Json;

namespace Server.Host.Debugger.Web;

/// <summary>Obeys what the page says.</summary>
internal sealed class Commands(Study study, Clients clients)
{
    private const string Known =
        "pause, continue, step, turn, run-to, break, unbreak, faults, reset, client, type, half-close, close-client";

    private const string Example = """for example {"do":"step"}.""";

    private readonly Steering steering = new(study);

    /// <summary>Obeys a command.</summary>
    /// <param name="json">The command.</param>
    public Reply Obey(ReadOnlySpan<byte> json)
    {
        try
        {
            return JsonSerializer.Deserialize(json, CommandJson.Default.CommandRequest) is { Do: { } what } command
                ? Obey(what, command)
                : Reply.Refused($"A command says what to do; {Example}");
        }
        catch (JsonException wrong)
        {
            var where = wrong.Path is { Length: > 1 } path ? $" at '{path[2..]}'" : "";
            return Reply.Refused($"A command is an object of JSON, and this isn't one that is known{where}; {Example}");
        }
    }

    private Reply Obey(string what, CommandRequest command) =>
        what switch
        {
            "pause" => steering.Pause(),
            "continue" => steering.Continue(),
            "step" => steering.Step(command.Count ?? 1),
            "turn" => steering.Turn(command.Count ?? 1),
            "run-to" => Where(command, steering.RunTo),
            "break" => Where(command, steering.Break),
            "unbreak" => Where(command, steering.Unbreak),
            "faults" => steering.Limit(command.Receive, command.Send),
            "reset" => command.Fd is { } fd
                ? steering.Reset(fd)
                : Reply.Refused("""A reset names a descriptor; for example {"do":"reset","fd":9}."""),
            "client" => clients.Start(command.Kind),
            "type" => clients.Type(command.Client, command.Text),
            "half-close" => clients.HalfClose(command.Client),
            "close-client" => clients.Close(command.Client),
            _ => Reply.Refused($"There is no command '{what}'; there are {Known}."),
        };

    private static Reply Where(CommandRequest command, Func<string, Reply> act) =>
        command.Where is { } where
            ? act(where)
            : Reply.Refused("""This says where; for example {"do":"break","where":"fd=9"}.""");
}
