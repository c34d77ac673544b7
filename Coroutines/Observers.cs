using Coroutines.Polling;

namespace Coroutines;

/// <summary>The observers of one scheduler. One that throws is removed and reported.</summary>
internal sealed class Observers(Action<SchedulerObserver, Exception> report)
{
    private SchedulerObserver[] attached = [];

    public bool IsEmpty => attached.Length == 0;

    public void Attach(SchedulerObserver observer) => attached = [.. attached, observer];

    public void Detach(SchedulerObserver observer) => attached = [.. attached.Where(one => one != observer)];

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
        foreach (var observer in attached)
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
}
