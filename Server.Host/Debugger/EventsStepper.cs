using System.Collections.Concurrent;
using System.Net.Sockets;
using Server.Host.Models;

namespace Server.Host.Debugger;

/// <summary>Has the state machine over select stand still, and go on: before a client's event is handled, before the select,
/// or after it.</summary>
/// <param name="clock">Its clock.</param>
/// <param name="network">Its connections.</param>
/// <param name="mode">How far it may go before it is told anything.</param>
internal sealed class EventsStepper(PausableClock clock, Network network, StepMode mode) : IEventsObserver, IStepper
{
    private readonly ConcurrentQueue<Action> posted = new();
    private EventsModel? model;
    private Brake? brake;
    private PollSets? sets;
    private long turn;
    private long lastGlance;
    private volatile bool hasMoved;

    public event Action? Glanced;

    public Brake Brake => brake ??= new(clock, Nudge, mode);

    public SnapshotRing Snapshots { get; } = new();

    public Breakpoints Breakpoints { get; } = new();

    public Abilities Abilities => Abilities.Step | Abilities.Fault | Abilities.Reset;

    /// <summary>Whose clients it is told of.</summary>
    public void Watch(EventsModel watched)
    {
        model = watched;
        network.Journal.IsOpen = mode != StepMode.Running;
    }

    public void Go(StepMode next, int steps = 1)
    {
        network.Journal.IsOpen = next != StepMode.Running;
        Brake.Go(next, steps);
    }

    public void Post(Action action)
    {
        posted.Enqueue(action);
        Nudge();
    }

    public void Glance()
    {
        if (hasMoved && Brake.Mode == StepMode.Running)
            Post(KeepGlance);
    }

    public void Nudged()
    {
        while (posted.TryDequeue(out var action))
            action();
    }

    public void Handling(int descriptor, string what)
    {
        hasMoved = true; // not when select answers: a glance that was asked for may come before the events
        if (Brake.Mode is StepMode.Resume or StepMode.Paused)
            Stop(Phase.Resume, $"fd {descriptor} is {what}, and is handled");
        else if (Brake.Mode == StepMode.Turn)
            Keep(Phase.Resume, $"fd {descriptor} is {what}, and is handled");
        if (network.Journal.IsOpen)
            network.Journal.Add(HappeningKind.Run, null, $"fd {descriptor} is {what}");
    }

    public void Selecting(IEnumerable<Socket> readable, IEnumerable<Socket> writable, TimeSpan timeout)
    {
        turn++;
        sets = null;
        if (Brake.Mode == StepMode.Running)
        {
            if (lastGlance == 0 || clock.GetElapsedTime(lastGlance) >= Stepper.GlancePeriod)
                KeepGlance();
            return;
        }
        sets = PollSets.Asked(readable, writable, timeout);
        if (Brake.Mode != StepMode.Turn)
            Rest(Phase.Poll, next: null);
    }

    public void Selected(IEnumerable<Socket> readable, IEnumerable<Socket> writable)
    {
        if (Brake.Mode == StepMode.Running || sets is null)
            return;
        sets = sets.Answered(readable, writable);
        network.Journal.Add(HappeningKind.Poll, null, "select has answered");
        if (Brake.Mode == StepMode.Turn)
            Stop(Phase.Polled, next: null);
    }

    public void Dispose() => Brake.Dispose();

    private void Nudge() => model?.Nudge();

    private void Stop(Phase phase, string? next)
    {
        if (Brake.TakesLastStep())
            Rest(phase, next);
        else
            Keep(phase, next);
    }

    private void Rest(Phase phase, string? next)
    {
        Keep(phase, next);
        Brake.Hold();
    }

    private void KeepGlance()
    {
        if (Brake.Mode != StepMode.Running)
            return;
        (lastGlance, hasMoved) = (clock.GetTimestamp(), false);
        Keep(Phase.Running, next: null);
        Glanced?.Invoke();
    }

    private void Keep(Phase phase, string? next) =>
        Snapshots.Add(number =>
            new(number, turn, phase)
            {
                NextText = next,
                Sets = sets,
                Network = network.Copy([]),
                Tables = new()
                {
                    Connections =
                    [
                        .. model!.Connections.Select(one => new ConnectionRow(one.Descriptor, one.StateName)),
                    ],
                },
                Happenings = network.Journal.Take(),
            }
        );
}
