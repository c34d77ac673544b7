using System.Diagnostics;
using Coroutines.Polling;

namespace Coroutines.Diagnostics;

/// <summary>What a debugger shows of a scheduler.</summary>
[DebuggerNonUserCode]
internal sealed class SchedulerView(Scheduler scheduler)
{
    public long Turns => scheduler.Turns;

    public Deadline NextDeadline => scheduler.NextDeadline;

    /// <summary>Those that wait, in the order of their spawning.</summary>
    public Coroutine[] Waiting => OfState(CoroutineState.Suspended);

    /// <summary>Those that the next batch runs.</summary>
    public Coroutine[] Ready => [.. OfState(CoroutineState.New), .. OfState(CoroutineState.Ready)];

    /// <summary>The one that runs, if one does.</summary>
    public Coroutine? Running => OfState(CoroutineState.Running).FirstOrDefault();

    /// <summary>The descriptors that are watched to be read.</summary>
    public Descriptor[] ReadSet => Watched(Interest.Read);

    /// <summary>The descriptors that are watched to be written.</summary>
    public Descriptor[] WriteSet => Watched(Interest.Write);

    private Coroutine[] OfState(CoroutineState state) =>
        [.. LiveCoroutines.Of(scheduler).Where(coroutine => coroutine.State == state)];

    private Descriptor[] Watched(Interest interest) =>
        [.. scheduler.Watched.Where(descriptor => (descriptor.Watched & interest) != 0)];
}
