namespace Coroutines.Diagnostics;

/// <summary>Finds the coroutines that live.</summary>
internal static class LiveCoroutines
{
    /// <summary>All that live, in the order of their spawning.</summary>
    public static List<Coroutine> Of(Scheduler scheduler)
    {
        var found = scheduler.Living().ToHashSet();
        // One that runs and has ended the scope that it is in stands in no scope any more, until its next wait.
        if (scheduler.Running is { State: CoroutineState.Running } running && found.Add(running))
        {
            for (var scope = running.Scopes; scope is not null; scope = scope.Older)
                found.UnionWith(scope.Living());
        }
        return [.. found.OrderBy(coroutine => coroutine.Id)];
    }
}
