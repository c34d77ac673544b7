using System.Globalization;

namespace Server.Host.Debugger;

/// <summary>What can be told to a server that is studied, whether it comes from a terminal or from a page. Any thread may
/// use it.</summary>
internal sealed class Steering(Study study)
{
    /// <summary>How many steps one command may ask for.</summary>
    public const int MaxSteps = 10_000;

    private readonly IStepper stepper = study.Stepper;
    private readonly Network network = study.Network;
    private readonly YieldLines lines = new();

    private const string FaultExamples = "receive=3, send=5, reset=9 or off";

    /// <summary>Why something can't be told to this server, and to which it can; null if it can be.</summary>
    public string? Lacking(Abilities ability) =>
        stepper.Abilities.HasFlag(ability)
            ? null
            : ability switch
            {
                Abilities.Step =>
                    $"--model {study.Model} isn't stepped: the kernel decides who runs; --model coroutines is.",
                Abilities.Break => $"--model {study.Model} has no coroutines to stop at; --model coroutines has.",
                _ when study.Network.HasFaults =>
                    $"--model {study.Model} has no such faults: the kernel runs its connections; --model coroutines has.",
                _ => "The echo server's sockets are plain, and take no faults; the web server's do, without 'echo'.",
            };

    public Reply Pause() => Go(StepMode.Paused, 1, "It stands still at the next chance.");

    public Reply Continue()
    {
        stepper.Breakpoints.ForgetTarget();
        return Go(StepMode.Running, 1, "It runs.");
    }

    /// <summary>Has it resume some coroutines, or take as many polls.</summary>
    public Reply Step(int count) => Repeat(StepMode.Resume, count, "step");

    /// <summary>Has it take some turns.</summary>
    public Reply Turn(int count) => Repeat(StepMode.Turn, count, "turn");

    /// <summary>Has it stop somewhere from now on.</summary>
    public Reply Break(string where) =>
        At(
            where,
            place =>
                stepper.Breakpoints.Add(place)
                    ? new(ListBreakpoints())
                    : Reply.Refused($"There are {Breakpoints.MaxCount} breakpoints already; remove one of them first.")
        );

    /// <summary>Lets it run until it is somewhere.</summary>
    public Reply RunTo(string where) =>
        At(
            where,
            place =>
            {
                stepper.Breakpoints.RunTo(place);
                stepper.Go(StepMode.Running);
                return new($"It runs to {place}.");
            }
        );

    /// <summary>Has it stop there no more.</summary>
    public Reply Unbreak(string where) =>
        stepper.Breakpoints.Remove(where.Trim())
            ? new(ListBreakpoints())
            : Reply.Refused($"There is no breakpoint '{where}'; {ListBreakpoints()}");

    public Reply ClearBreakpoints()
    {
        stepper.Breakpoints.Clear();
        return new(ListBreakpoints());
    }

    public string ListBreakpoints() =>
        stepper.Breakpoints.All is { Count: > 0 } all ? string.Join('\n', all) : "There are no breakpoints.";

    /// <summary>Limits what a receive brings and what a send takes.</summary>
    /// <param name="receiveBytes">1 or more; null: without a limit.</param>
    /// <param name="sendBytes">1 or more; null: without a limit.</param>
    public Reply Limit(int? receiveBytes, int? sendBytes)
    {
        if (Lacks(Abilities.Fault) is { } lacking)
            return lacking;
        if (receiveBytes < 1 || sendBytes < 1)
            return Reply.Refused("A receive and a send take 1 byte or more; for example receive=3.");
        network.Faults.ReceiveBytes = receiveBytes ?? int.MaxValue;
        network.Faults.SendBytes = sendBytes ?? int.MaxValue;
        return Faults;
    }

    /// <summary>Breaks the connection of a client, as a network does.</summary>
    /// <param name="descriptor">One that was a client's when the server was looked at last.</param>
    public Reply Reset(int descriptor)
    {
        if (Lacks(Abilities.Reset) is { } lacking)
            return lacking;
        var wires = stepper.Snapshots.Last?.Network ?? [];
        if (wires.Any(wire => wire.Descriptor == descriptor))
            return ResetNext(descriptor);
        var known =
            wires.Count == 0
                ? "no client is connected"
                : $"the clients' are {string.Join(", ", wires.Select(wire => wire.Descriptor))}";
        return Reply.Refused($"fd {descriptor} isn't a client's; {known}.");
    }

    private Reply ResetNext(int descriptor)
    {
        stepper.Post(() => network.Find(descriptor)?.Reset());
        return new($"fd {descriptor} is reset at the start of the next turn, if it is still a client's.");
    }

    /// <summary>Does what was typed: <c>receive=3</c>, <c>send=5</c>, <c>reset=9</c>, <c>off</c>; nothing asks.</summary>
    public Reply Inject(string fault)
    {
        var words = fault.Split('=');
        var number =
            words.Length == 2 && int.TryParse(words[1], CultureInfo.InvariantCulture, out var given) ? given : 0;
        switch (words[0])
        {
            case "receive" when number > 0:
                network.Faults.ReceiveBytes = number;
                return Faults;
            case "send" when number > 0:
                network.Faults.SendBytes = number;
                return Faults;
            case "reset" when number > 0:
                return Reset(number);
            case "off":
                return Limit(null, null);
            case "":
                return Faults;
            default:
                return Reply.Refused($"'{fault}' is no fault; one is {FaultExamples}.");
        }
    }

    private Reply Repeat(StepMode mode, int count, string noun)
    {
        if (count is < 1 or > MaxSteps)
            return Reply.Refused(
                $"One command takes 1 to {MaxSteps} {noun}s, but {count} were asked for; for example 3."
            );
        return Go(mode, count, count == 1 ? $"It takes a {noun}." : $"It takes {count} {noun}s.");
    }

    private Reply Go(StepMode mode, int count, string said)
    {
        if (Lacks(Abilities.Step) is { } lacking)
            return lacking;
        stepper.Go(mode, count);
        return new(said);
    }

    private Reply? Lacks(Abilities ability) => Lacking(ability) is { } reason ? Reply.Refused(reason) : null;

    private Reply Faults => new(network.Faults.ToString());

    private Reply At(string where, Func<Breakpoint, Reply> act)
    {
        if (Lacks(Abilities.Break) is { } lacking)
            return lacking;
        if (string.IsNullOrWhiteSpace(where))
            return Reply.Refused($"Say where: {Breakpoint.Grammar}.");
        if (where.Trim().Length > Breakpoint.MaxLength)
            return Reply.Refused(
                $"A breakpoint has at most {Breakpoint.MaxLength} characters; one is {Breakpoint.Grammar}."
            );
        if (Breakpoint.Parse(where) is not { } place)
            return Reply.Refused($"'{where}' is no breakpoint; one is {Breakpoint.Grammar}.");
        return place.Line is { } line && lines.Refusal(line) is { } reason ? Reply.Refused(reason) : act(place);
    }
}
