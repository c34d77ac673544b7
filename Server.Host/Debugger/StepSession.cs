using System.Globalization;
using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host.Debugger;

/// <summary>The debugger at a terminal: a command a line, an answer in text. For screen readers, for ssh, for tests.
/// </summary>
/// <remarks>What it shows is the snapshot that one looks at: the last one, or an earlier one after <c>back</c>.</remarks>
internal sealed class StepSession(Study study, TextReader input, TextWriter output)
{
    // Longer than any step takes that doesn't wait for a client.
    private static readonly TimeSpan Patience = TimeSpan.FromMilliseconds(400);

    // It stands still before its first step, but a process may be slow to begin.
    private static readonly TimeSpan PatienceAtFirst = TimeSpan.FromSeconds(10);

    private readonly IStepper stepper = study.Stepper;
    private readonly Steering steering = new(study);
    private Snapshot? shown;

    private static string Help =>
        $"""
            s, step [n]        resume one coroutine, or take one poll
            t, turn [n]        run to the end of the turn: until the poller has answered
            c, continue        run to a breakpoint
            p, pause           stand still at the next chance
            b, back [n]        look at an earlier moment; f, forward [n] at a later one; nothing is run
            ps                 every coroutine: where it stands, and with which values
            where n            one coroutine
            sets               the sets of the last poll, and the ready queue
            net                the connections: bytes in the kernel, read, sent
            log                what happened since the moment before
            break [what]       {Breakpoint.Grammar}; 'break' lists, 'break off' removes all
            faults [what]      receive=3, send=5, reset=9 (a descriptor), off
            q, quit            stop the server
            """;

    /// <summary>Obeys until told to quit, or until there are no more commands.</summary>
    public void Run()
    {
        output.WriteLine("Type 'help' for the commands.");
        stepper.Brake.WaitUntilParked(PatienceAtFirst);
        Settle();
        while (input.ReadLine() is { } line)
        {
            var words = line.Split(' ', 2, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);
            if (words is ["q" or "quit"])
                return;
            if (words.Length > 0)
                Obey(words[0], words.Length > 1 ? words[1] : "");
        }
    }

    private void Obey(string command, string argument)
    {
        switch (command)
        {
            case "s" or "step":
                Count(argument, count => Repeat(count, StepMode.Resume));
                break;
            case "t" or "turn":
                Count(argument, count => Repeat(count, StepMode.Turn));
                break;
            case "c" or "continue":
                Continue();
                break;
            case "p" or "pause":
                stepper.Go(StepMode.Paused);
                Settle();
                break;
            case "b" or "back":
                Count(argument, count => Look(-count));
                break;
            case "f" or "forward":
                Count(argument, Look);
                break;
            case "ps":
                Show(snapshot => $"{snapshot.Dump}");
                break;
            case "where":
                Show(snapshot => Where(snapshot, argument));
                break;
            case "sets":
                Show(snapshot =>
                    $"{snapshot.Sets?.ToString() ?? "There was no poll yet."}\nready  [{Numbers(snapshot.Ready)}]"
                );
                break;
            case "net":
                Show(snapshot => Lines(snapshot.Network, "No client is connected."));
                break;
            case "log":
                Show(snapshot => Lines(snapshot.Events, "Nothing."));
                break;
            case "break":
                output.WriteLine(Break(argument));
                break;
            case "faults":
                output.WriteLine(steering.Inject(argument).Text);
                break;
            case "help" or "?":
                output.WriteLine(Help);
                break;
            default:
                output.WriteLine($"There is no command '{command}'; 'help' lists them.");
                break;
        }
    }

    private void Repeat(int count, StepMode mode)
    {
        for (var left = count; left > 0; left--)
        {
            stepper.Go(mode);
            if (!Settle())
                return;
        }
    }

    private void Continue()
    {
        stepper.Go(StepMode.Running);
        shown = null;
        if (!stepper.Breakpoints.IsEmpty && stepper.Brake.WaitUntilParked(Patience))
            Settle();
        else
            output.WriteLine("It runs; 'pause' has it stand still.");
    }

    /// <summary>Waits until the server stands still, and says where. False if it doesn't.</summary>
    private bool Settle()
    {
        if (!stepper.Brake.WaitUntilParked(Patience))
        {
            shown = null;
            output.WriteLine("It waits for a client: nothing is ready. Whatever comes next is stepped, too.");
            return false;
        }
        shown = stepper.Snapshots.Last;
        Tell();
        return true;
    }

    private void Tell()
    {
        foreach (var happened in shown!.Events)
            output.WriteLine($"  {happened}");
        output.WriteLine($"[{shown.Number}] {shown.Headline}");
    }

    private void Look(int distance)
    {
        var now = shown ?? stepper.Snapshots.Last;
        var found = now is null ? null : stepper.Snapshots.Find(now.Number + distance);
        if (found is null)
        {
            output.WriteLine($"There is no such moment; {stepper.Snapshots.Count} are kept.");
            return;
        }
        shown = found;
        Tell();
    }

    // What has been parked meanwhile, by a client that came, is what one wants to see.
    private void Show(Func<Snapshot, string> text)
    {
        if (shown is null && stepper.Brake.IsParked)
            shown = stepper.Snapshots.Last;
        output.WriteLine(shown is null ? "It doesn't stand still; 'pause' has it." : text(shown).TrimEnd());
    }

    private static string Where(Snapshot snapshot, string argument)
    {
        var found = snapshot.Coroutines.FirstOrDefault(one => Text(one.Id) == argument.TrimStart('#'));
        if (found is null)
            return $"There is no coroutine '{argument}'; there are {Numbers(snapshot.Coroutines.Select(one => one.Id))}.";
        var lines = new List<string> { found.ToString() };
        foreach (var frame in found.Frames)
        {
            lines.Add($"    {frame}");
            lines.AddRange(frame.Variables.Select(variable => $"        {variable}"));
        }
        return string.Join('\n', lines);
    }

    private string Break(string argument) =>
        argument switch
        {
            "off" => steering.ClearBreakpoints().Text,
            "" => steering.ListBreakpoints(),
            _ => steering.Break(argument).Text,
        };

    private void Count(string argument, Action<int> act)
    {
        if (argument == "")
            act(1);
        else if (
            int.TryParse(argument, CultureInfo.InvariantCulture, out var count) && count is > 0 and <= Steering.MaxSteps
        )
            act(count);
        else
            output.WriteLine($"'{argument}' is no number of times; one is 1 to {Steering.MaxSteps}, such as 3.");
    }

    private static string Numbers(IEnumerable<int> ids) => string.Join(", ", ids.Select(id => $"#{Text(id)}"));

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private static string Lines<T>(IEnumerable<T> all, string none)
    {
        var text = string.Join('\n', all);
        return text.Length > 0 ? text : none;
    }
}
