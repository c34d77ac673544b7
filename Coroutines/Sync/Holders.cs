using System.Runtime.InteropServices;

namespace Coroutines.Sync;

/// <summary>Which coroutines hold permits, and how many each. For people: a permit may be released by another one than
/// acquired it, and then it is taken to be that of any.</summary>
internal sealed class Holders
{
    private readonly Dictionary<Coroutine, int> held = [];

    public void Add(Coroutine? coroutine)
    {
        if (coroutine is not null)
            CollectionsMarshal.GetValueRefOrAddDefault(held, coroutine, out _)++;
    }

    public void Remove(Coroutine? coroutine)
    {
        var holder = coroutine is not null && held.ContainsKey(coroutine) ? coroutine : Any();
        if (holder is null)
            return;
        ref var count = ref CollectionsMarshal.GetValueRefOrNullRef(held, holder);
        if (--count == 0)
            held.Remove(holder);
    }

    public override string ToString() =>
        held.Count == 0 ? "" : $"; held by {string.Join(", ", held.Keys.Select(one => $"'{one.Name}'"))}";

    private Coroutine? Any()
    {
        foreach (var holder in held.Keys)
            return holder;
        return null;
    }
}
