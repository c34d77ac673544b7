using System.Runtime.CompilerServices;

namespace Coroutines.Tests.Storm;

/// <summary>All that happens in a storm, in order; and what oughtn't to have happened.</summary>
internal sealed class StormTrace(Scheduler scheduler) : SchedulerObserver
{
    private readonly HashSet<Coroutine> living = [];

    public List<StormEvent> Events { get; } = [];

    /// <summary>Kept, not thrown: within a coroutine a throw would be just another failure.</summary>
    public List<string> Violations { get; } = [];

    public int LivingCount => living.Count;

    public void Add(string what, int coroutine = 0, int detail = 0) =>
        Events.Add(new(scheduler.Now.Ticks, what, coroutine, detail));

    public void Expect(bool isSo, [InterpolatedStringHandlerArgument(nameof(isSo))] StormRule rule)
    {
        if (!isSo)
            Violations.Add($"event {Events.Count}: {rule.ToString()}");
    }

    public override void Spawned(Coroutine coroutine)
    {
        Expect(living.Add(coroutine), $"{coroutine} was spawned twice");
        Add("spawned", coroutine.Id);
    }

    public override void Resuming(Coroutine coroutine)
    {
        Expect(living.Contains(coroutine), $"{coroutine} is resumed, but doesn't live");
        Add("resuming", coroutine.Id);
    }

    public override void Suspended(Coroutine coroutine, Wait wait)
    {
        Expect(living.Contains(coroutine), $"{coroutine} is suspended, but doesn't live");
        Add("suspended", coroutine.Id, (int)wait.Kind);
    }

    public override void Woken(Coroutine coroutine)
    {
        Expect(living.Contains(coroutine), $"{coroutine} is woken, but doesn't live");
        Add("woken", coroutine.Id);
    }

    public override void Ended(Coroutine coroutine)
    {
        Expect(living.Remove(coroutine), $"{coroutine} ended twice, or never began");
        Expect(coroutine.HasEnded, $"{coroutine} is told to have ended, but hasn't");
        Add("ended", coroutine.Id, (int)coroutine.State);
    }

    public override string ToString() =>
        string.Join('\n', Events.Select((one, i) => $"{i, 5} {one.Ticks} #{one.Coroutine} {one.What} {one.Detail}"));
}
