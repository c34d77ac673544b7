namespace Server.Host.Debugger;

/// <summary>Has a loop stand still, and go on step by step.</summary>
/// <remarks>The loop's own thread blocks in <see cref="Hold"/>, where everything is whole and may be read. Other threads say
/// how far it may go, and wait until it stands still again. While it does, its clock stands still, too.</remarks>
/// <param name="clock">The loop's clock.</param>
/// <param name="wake">Has the loop go round once, wherever it blocks.</param>
/// <param name="mode">How far it may go before it is told anything.</param>
internal sealed class Brake(PausableClock clock, Action wake, StepMode mode) : IDisposable
{
    private readonly object gate = new();
    private volatile StepMode mode = mode;
    private int stepsLeft = 1;
    private bool isParked;
    private bool isDisposed;

    /// <summary>It stands still, or goes on. Raised on whichever thread brings that about.</summary>
    public event Action? Changed;

    /// <summary>How far it may go.</summary>
    public StepMode Mode => mode;

    /// <summary>Whether it stands still.</summary>
    public bool IsParked
    {
        get
        {
            lock (gate)
                return isParked;
        }
    }

    /// <summary>Lets it go as far as <paramref name="next"/> says.</summary>
    /// <param name="next">How far.</param>
    /// <param name="steps">How many steps of that kind, 1 or more.</param>
    public void Go(StepMode next, int steps = 1)
    {
        lock (gate)
        {
            (mode, stepsLeft) = (next, steps);
            isParked &= next == StepMode.Paused;
            Monitor.PulseAll(gate);
        }
        if (next == StepMode.Paused)
            wake(); // it may be blocked in the poll
        Changed?.Invoke();
    }

    /// <summary>Has a loop that runs stand still at the next chance. Called by the loop.</summary>
    public void Pull()
    {
        lock (gate)
            (mode, stepsLeft) = (StepMode.Paused, 1);
    }

    /// <summary>Whether the step that has ended just now was the last of those that it was told to take; else it goes on.
    /// Called by the loop.</summary>
    public bool TakesLastStep()
    {
        lock (gate)
            return mode is StepMode.Paused || --stepsLeft <= 0;
    }

    /// <summary>Stands still until it is told to go on. Called by the loop.</summary>
    public void Hold()
    {
        lock (gate)
        {
            if (isDisposed)
                return;
            mode = StepMode.Paused;
            isParked = true;
            clock.Stop();
            Monitor.PulseAll(gate);
        }
        Changed?.Invoke();
        lock (gate)
        {
            while (isParked)
                Monitor.Wait(gate);
            clock.Start();
        }
    }

    /// <summary>Waits until it stands still. False if it doesn't within that time: it runs, or waits for its clients.
    /// </summary>
    public bool WaitUntilParked(TimeSpan patience)
    {
        var began = TimeProvider.System.GetTimestamp();
        lock (gate)
        {
            while (!isParked)
            {
                var left = patience - TimeProvider.System.GetElapsedTime(began);
                if (left <= TimeSpan.Zero || !Monitor.Wait(gate, left))
                    return isParked;
            }
            return true;
        }
    }

    /// <summary>Lets the loop go, for good.</summary>
    public void Dispose()
    {
        lock (gate)
            isDisposed = true;
        Go(StepMode.Running);
    }
}
