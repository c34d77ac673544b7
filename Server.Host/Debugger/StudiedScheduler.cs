using Coroutines;
using Coroutines.Polling;

namespace Server.Host.Debugger;

/// <summary>A scheduler that is studied: on a thread of its own, over select, whose sets one can see, with a clock that can
/// stand still.</summary>
internal sealed class StudiedScheduler : IDisposable
{
    private readonly Stepper stepper;
    private readonly Hog? hog;
    private readonly Thread thread;
    private Coroutine? main;

    /// <param name="clock">Its clock.</param>
    /// <param name="targets">The requests that its coroutines answer.</param>
    /// <param name="network">The connections of what it runs.</param>
    /// <param name="watchdog">How long a coroutine may keep it; null: however long.</param>
    /// <param name="log">Where it is told what goes wrong.</param>
    /// <param name="mode">How far it goes before it is told anything.</param>
    public StudiedScheduler(
        PausableClock clock,
        Targets targets,
        Network network,
        TimeSpan? watchdog,
        Log log,
        StepMode mode
    )
    {
        Scheduler = new Scheduler(new SelectPoller(), clock);
        Scheduler.ObserverFailed += (_, failure) => log.ObserverFailed(failure);
        stepper = new Stepper(Scheduler, clock, network, targets, mode);
        // After the stepper, so that the watchdog's steps begin where this one lets them.
        hog = watchdog is { } limit ? new Hog(Scheduler, limit, log) : null;
        thread = new Thread(Scheduler.Run) { IsBackground = true, Name = "studied" };
        Network = network;
    }

    public Scheduler Scheduler { get; }

    public Network Network { get; }

    /// <summary>Whether what it runs has run to its end.</summary>
    public bool HasCompleted => main?.State == CoroutineState.Completed;

    /// <summary>What can be seen of it.</summary>
    /// <param name="model">The model of what it runs.</param>
    public Study Study(string model) => new(model, stepper, Network, hog);

    /// <summary>Begins to run something.</summary>
    public void Start(IEnumerator<Wait> body, string name)
    {
        main = Scheduler.Spawn(body, name);
        thread.Start();
    }

    /// <summary>Waits until it has ended.</summary>
    public void Join() => thread.Join();

    public void Dispose()
    {
        hog?.Dispose();
        Scheduler.Dispose();
    }
}
