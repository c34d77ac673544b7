using System.Runtime.InteropServices;
using Coroutines;
using Coroutines.Diagnostics;

namespace Server.Host;

/// <summary>SIGQUIT (Ctrl+\, <c>kill -QUIT</c>; on Windows Ctrl+Break): the server tells where every coroutine stands, and
/// goes on.</summary>
/// <remarks>The loop writes the dump. If it doesn't get to that within a second, some coroutine keeps it: then the signal's
/// own thread tells which, and from where it was resumed.</remarks>
internal sealed class DumpSignal : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private readonly Scheduler scheduler;
    private readonly Log log;
    private readonly PosixSignalRegistration registration;
    private int isAsked;

    /// <param name="scheduler">Whose coroutines are told.</param>
    /// <param name="log">Where they are told.</param>
    public DumpSignal(Scheduler scheduler, Log log)
    {
        this.scheduler = scheduler;
        this.log = log;
        registration = PosixSignalRegistration.Create(PosixSignal.SIGQUIT, Handle);
    }

    public void Dispose() => registration.Dispose();

    private void Handle(PosixSignalContext context)
    {
        context.Cancel = true;
        // Whoever asks again while the answer is due gets that one.
        if (Interlocked.Exchange(ref isAsked, 1) == 0)
            Ask();
    }

    /// <summary>Has the loop write the dump, and tells who keeps it if it doesn't.</summary>
    internal void Ask()
    {
        var answered = new ManualResetEventSlim(); // not disposed: the loop may answer late
        scheduler.Post(() =>
        {
            Volatile.Write(ref isAsked, 0);
            answered.Set();
            log.Dumped(scheduler.Dump());
        });
        if (!answered.Wait(Patience))
            log.LoopIsKept(scheduler.RunningStep());
    }
}
