using Coroutines.Polling;

namespace Coroutines;

/// <summary>Sees what a scheduler does. Every method is called on the scheduler's thread, within the turn; what it is
/// given may be read, not changed.</summary>
/// <remarks>An observer that throws is removed and reported (<see cref="Scheduler.ObserverFailed"/>). With none attached,
/// each of these costs a comparison.</remarks>
public abstract class SchedulerObserver
{
    /// <summary>Whether it is to be told anything; by default always. It is asked when it is attached and at the start of
    /// each turn. While it says no, it costs that question a turn, and nothing else.</summary>
    public virtual bool IsActive => true;

    /// <summary>A coroutine was put into the ready queue for the first time.</summary>
    public virtual void Spawned(Coroutine coroutine) { }

    /// <summary>A coroutine is about to be resumed. Whoever blocks here stops the loop where all can be looked at.</summary>
    public virtual void Resuming(Coroutine coroutine) { }

    /// <summary>A coroutine has yielded <paramref name="wait"/> and is suspended; after a pause, it is ready again.</summary>
    public virtual void Suspended(Coroutine coroutine, Wait wait) { }

    /// <summary>What a coroutine waited for has come; it stands in the ready queue.</summary>
    public virtual void Woken(Coroutine coroutine) { }

    /// <summary>A coroutine has completed, failed or was cancelled: see <see cref="Coroutine.State"/>.</summary>
    public virtual void Ended(Coroutine coroutine) { }

    /// <summary>The poller is about to be asked.</summary>
    /// <param name="watched">The sets: each descriptor with <see cref="Descriptor.Watched"/>.</param>
    /// <param name="timeout">How long the poll may block; zero if something is ready to run.</param>
    public virtual void Polling(WatchList watched, TimeSpan timeout) { }

    /// <summary>The poller has answered.</summary>
    /// <param name="ready">What is ready. The list is used again at the next poll.</param>
    public virtual void Polled(IReadOnlyList<Readiness> ready) { }
}
