using System.Diagnostics;
using Coroutines.Polling;

namespace Coroutines;

/// <summary>The observers of one scheduler, of which the active ones are told. One that throws is removed and reported.
/// </summary>
[DebuggerNonUserCode]
internal sealed class Observers(Action<SchedulerObserver, Exception> report)
{
    private SchedulerObserver[] attached = [];
    private SchedulerObserver[] active = [];

    private bool IsEmpty => active.Length == 0;

    public T? Find<T>()
        where T : SchedulerObserver => Volatile.Read(ref attached).OfType<T>().FirstOrDefault();

    public void Attach(SchedulerObserver observer)
    {
        attached = [.. attached, observer];
        BeginTurn();
    }

    public void Detach(SchedulerObserver observer)
    {
        attached = [.. attached.Where(one => one != observer)];
        active = [.. active.Where(one => one != observer)];
    }

    /// <summary>Asks each whether it is active from now on.</summary>
    public void BeginTurn()
    {
        if (attached.Length > 0 && HasChanged())
            active = [.. attached.Where(IsActive)];
    }

    public void Spawned(Coroutine coroutine)
    {
        if (!IsEmpty)
            Tell(coroutine, static (observer, subject) => observer.Spawned(subject));
    }

    public void Resuming(Coroutine coroutine)
    {
        if (!IsEmpty)
            Tell(coroutine, static (observer, subject) => observer.Resuming(subject));
    }

    public void Suspended(Coroutine coroutine, in Wait wait)
    {
        if (!IsEmpty)
            Tell((coroutine, wait), static (observer, subject) => observer.Suspended(subject.coroutine, subject.wait));
    }

    public void Woken(Coroutine coroutine)
    {
        if (!IsEmpty)
            Tell(coroutine, static (observer, subject) => observer.Woken(subject));
    }

    public void Ended(Coroutine coroutine)
    {
        if (!IsEmpty)
            Tell(coroutine, static (observer, subject) => observer.Ended(subject));
    }

    public void Polling(WatchList watched, TimeSpan timeout)
    {
        if (!IsEmpty)
            Tell((watched, timeout), static (observer, subject) => observer.Polling(subject.watched, subject.timeout));
    }

    public void Polled(List<Readiness> ready)
    {
        if (!IsEmpty)
            Tell(ready, static (observer, subject) => observer.Polled(subject));
    }

    private void Tell<T>(T subject, Action<SchedulerObserver, T> tell)
    {
        foreach (var observer in active)
        {
            try
            {
                tell(observer, subject);
            }
            catch (Exception failure)
            {
                Detach(observer);
                report(observer, failure);
            }
        }
    }

    // The same question in every turn, mostly with the same answer: so nothing is allocated for that.
    private bool HasChanged()
    {
        var next = 0;
        foreach (var observer in attached)
        {
            if (IsActive(observer) && (next == active.Length || active[next++] != observer))
                return true;
        }
        return next < active.Length;
    }

    private bool IsActive(SchedulerObserver observer)
    {
        try
        {
            return observer.IsActive;
        }
        catch (Exception failure)
        {
            Detach(observer);
            report(observer, failure);
            return false;
        }
    }
}
