using System.Text;
using Coroutines;
using Coroutines.Diagnostics;
using Coroutines.Sockets;
using Coroutines.Sync;
using static Coroutines.Wait;

namespace Server.Host.Admin;

/// <summary>Sends where each coroutine of other schedulers stands; or, where one doesn't answer, who keeps it.</summary>
internal static class DumpStream
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    /// <summary>The coroutine.</summary>
    /// <param name="client">Where to.</param>
    /// <param name="pulses">Whose coroutines they are; one or more.</param>
    /// <param name="format">What that looks like.</param>
    public static IEnumerator<Wait> Serve(Connection client, IReadOnlyList<Pulse> pulses, DumpFormat format)
    {
        var asked = pulses.Select(pulse => Ask(pulse.Loop.Scheduler)).ToList();
        var until = Deadline.In(Pulse.Patience);
        var texts = new List<string>();
        foreach (var (pulse, answer) in pulses.Zip(asked))
        {
            yield return answer.Join(until);
            texts.Add(
                Woken.DeadlineReached ? format.Excuse(pulse.Reason) : format.Write(Woken.Result<SchedulerDump>())
            );
        }
        var text = texts is [var only] ? only : format.Gather(pulses.Select(pulse => pulse.Loop.Name!).Zip(texts));
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
