using System.Runtime.InteropServices;

namespace Server.Host;

/// <summary>SIGQUIT in a server that has no coroutines: it says so, and goes on. Whoever sends it wants to look, not to
/// kill.</summary>
internal sealed class UnansweredDumpSignal : IDisposable
{
    private readonly PosixSignalRegistration registration;

    /// <param name="model">What runs instead.</param>
    /// <param name="log">Where that is told.</param>
    public UnansweredDumpSignal(string model, Log log) =>
        registration = PosixSignalRegistration.Create(
            PosixSignal.SIGQUIT,
            context =>
            {
                context.Cancel = true;
                log.NothingToDump(model);
            }
        );

    public void Dispose() => registration.Dispose();
}
