using System.Runtime.InteropServices;

namespace Server.Host;

/// <summary>SIGUSR1: the log files are opened anew, as whoever has moved them away wants it (nginx: USR1).</summary>
internal sealed class ReopenSignal : IDisposable
{
    private readonly PosixSignalRegistration? registration;

    /// <param name="reopen">Called on a thread of the runtime's.</param>
    public ReopenSignal(Action reopen)
    {
        if (Number is not { } signal)
            return;
        registration = PosixSignalRegistration.Create(
            (PosixSignal)signal,
            context =>
            {
                context.Cancel = true;
                reopen();
            }
        );
    }

    /// <summary>The signal's number here; null where there is none.</summary>
    public static int? Number =>
        OperatingSystem.IsLinux() ? 10
        : OperatingSystem.IsMacOS() ? 30
        : null;

    public void Dispose() => registration?.Dispose();
}
