namespace Coroutines.Testing;

/// <summary>Takes note of who runs, and of what each of them yields, for as long as it isn't disposed.</summary>
internal sealed class BusyCoroutines : SchedulerObserver, IDisposable
{
    private const int MaxNamed = 10;

    private readonly OrderedDictionary<Coroutine, string> seen = [];
    private readonly Scheduler scheduler;

    public BusyCoroutines(Scheduler scheduler)
    {
        this.scheduler = scheduler;
        scheduler.Attach(this);
    }

    public override void Resuming(Coroutine coroutine) => seen[coroutine] = "runs";

    public override void Suspended(Coroutine coroutine, Wait wait) =>
        seen[coroutine] = $"yields {Legible.TextOf(wait)}";

    public override void Ended(Coroutine coroutine) => seen[coroutine] = "has ended";

    public void Dispose() => scheduler.Detach(this);

    public override string ToString()
    {
        if (seen.Count == 0)
            return "no coroutine runs, but actions are posted over and over";
        var named = seen.Take(MaxNamed).Select(one => $"#{one.Key.Id} '{one.Key.Name}' {one.Value}");
        var unnamed = seen.Count - MaxNamed;
        return string.Join(", ", named) + (unnamed > 0 ? $" and {unnamed} more" : "");
    }
}
