using Coroutines;

namespace Server.Host.Debugger;

/// <summary>The ready queue as an observer can follow it.</summary>
internal sealed class ReadyOrder
{
    private readonly List<Coroutine> queue = [];

    /// <summary>The numbers of the coroutines in it, in order.</summary>
    public IReadOnlyList<int> Numbers => [.. queue.Select(coroutine => coroutine.Id)];

    public void Add(Coroutine coroutine)
    {
        if (!queue.Contains(coroutine))
            queue.Add(coroutine);
    }

    public void Remove(Coroutine coroutine) => queue.Remove(coroutine);
}
