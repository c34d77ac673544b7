using System.Text;
using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Coroutines.Sync;
using static Coroutines.Wait;

namespace Server.Host.Admin;

/// <summary>Sends where each coroutine of another scheduler stands; or, if that doesn't answer, who keeps it.</summary>
internal static class DumpStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The coroutine.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="studied">Whose coroutines they are.</param>
    /// <param name="write">Makes text of the dump.</param>
    /// <param name="reason">Makes text of why there is none.</param>
    public static IEnumerator<Wait> Serve(
        Connection client,
        Scheduler studied,
        Func<SchedulerDump, string> write,
        Func<string> reason
    )
    {
        yield return Ask(studied).Join(Pulse.Patience);
        var text = Woken.DeadlineReached ? reason() : write(Woken.Result<SchedulerDump>());
        yield return Call(client.SendAll(Encoding.UTF8.GetBytes(text)), Patience);
    }

    private static Task<SchedulerDump> Ask(Scheduler studied)
    {
        var asked = new TaskCompletionSource<SchedulerDump>(TaskCreationOptions.RunContinuationsAsynchronously);
        studied.Post(() =>
        {
            try
            {
                asked.SetResult(studied.Dump());
            }
            catch (Exception failure)
            {
                asked.SetException(failure); // it is the dump that has failed, and not the scheduler's turn
            }
        });
        return asked.Task;
    }
}
