namespace Server.Host.Debugger;

/// <summary>Where a server that runs is to stop. Any thread may use it.</summary>
internal sealed class Breakpoints
{
    /// <summary>How many there may be at a time.</summary>
    public const int MaxCount = 100;

    private readonly Lock gate = new();
    private volatile Breakpoint[] all = [];
    private volatile Breakpoint? target; // of a run to somewhere, once

    /// <summary>There is another one, or one less.</summary>
    public event Action? Changed;

    /// <summary>Those that stay until they are removed.</summary>
    public IReadOnlyList<Breakpoint> All => all;

    /// <summary>Where it runs to; null if it isn't on its way to somewhere.</summary>
    public Breakpoint? Target => target;

    /// <summary>Whether there is none at all.</summary>
    public bool IsEmpty => all.Length == 0 && target is null;

    /// <summary>Adds one; one that is there already is not added again. False if there are too many.</summary>
    public bool Add(Breakpoint breakpoint)
    {
        lock (gate)
        {
            Breakpoint[] others = [.. all.Where(one => one.Text != breakpoint.Text)];
            if (others.Length == MaxCount)
                return false;
            all = [.. others, breakpoint];
        }
        Changed?.Invoke();
        return true;
    }

    /// <summary>Removes the one of that text. False if there is none.</summary>
    public bool Remove(string text)
    {
        int removed;
        lock (gate)
        {
            removed = all.Length;
            all = [.. all.Where(one => one.Text != text)];
            removed -= all.Length;
        }
        Changed?.Invoke();
        return removed > 0;
    }

    public void Clear()
    {
        lock (gate)
            (all, target) = ([], null);
        Changed?.Invoke();
    }

    /// <summary>Has it stop there once; at wherever it stops first, that is forgotten.</summary>
    public void RunTo(Breakpoint once) => target = once;

    /// <summary>It has stopped, or goes on for another reason.</summary>
    public void ForgetTarget() => target = null;

    /// <summary>The first that says to stop here, if any does.</summary>
    public Breakpoint? FindHit(Moment moment) =>
        target is { } once && once.Matches(moment) ? once : Array.Find(all, one => one.Matches(moment));
}
