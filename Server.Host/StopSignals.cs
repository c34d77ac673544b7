using System.Runtime.InteropServices;

namespace Server.Host;

/// <summary>SIGTERM and Ctrl+C: the first has the server stop in good order, a second ends the process at once.</summary>
internal sealed class StopSignals : IDisposable
{
    private const int SignalExitBase = 128; // as a shell tells that a process ended by a signal

    private readonly Action stop;
    private readonly PosixSignalRegistration[] registrations;
    private int count;

    /// <param name="stop">Called on a thread of the runtime's: it should do no more than wake the loop.</param>
    public StopSignals(Action stop)
    {
        this.stop = stop;
        registrations =
        [
            PosixSignalRegistration.Create(PosixSignal.SIGTERM, Handle),
            PosixSignalRegistration.Create(PosixSignal.SIGINT, Handle),
        ];
    }

    public void Dispose()
    {
        foreach (var registration in registrations)
            registration.Dispose();
    }

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        if (Interlocked.Increment(ref count) == 1)
            stop();
        else
            Environment.Exit(SignalExitBase + (context.Signal == PosixSignal.SIGINT ? 2 : 15));
    }
}
