using Coroutines;

namespace Server.Host.Debugger;

/// <summary>What has happened since the last snapshot. Belongs to the thread of what is studied, but for
/// <see cref="IsOpen"/>.</summary>
internal sealed class Journal
{
    /// <summary>How much is kept; the oldest goes first.</summary>
    public const int Capacity = 200;

    private readonly Queue<Happening> happenings = new();
    private volatile bool isOpen = true;

    /// <summary>Whether anybody is to read it. If not, whoever writes had better not make up a sentence.</summary>
    public bool IsOpen
    {
        get => isOpen;
        set => isOpen = value;
    }

    public void Add(HappeningKind kind, Coroutine? coroutine, string text)
    {
        if (happenings.Count == Capacity)
            happenings.Dequeue();
        happenings.Enqueue(Happening.Of(kind, coroutine, text));
    }

    /// <summary>What has happened, in order; then it begins anew.</summary>
    public IReadOnlyList<Happening> Take()
    {
        var taken = happenings.ToArray();
        happenings.Clear();
        return taken;
    }
}
