namespace Coroutines.Exploring;

/// <summary>A thread of a model: a stack of iterators, which stands before its next step.</summary>
internal sealed class SimulatedThread(string name) : IActor
{
    private readonly Stack<ThreadFrame> frames = new();

    /// <summary>Whether a run can end while it hasn't.</summary>
    public bool IsBackground { get; init; }

    public bool HasEnded => frames.Count == 0;

    public string Name => HasEnded ? name : frames.Peek().Name;

    public Step Next => frames.Peek().Body.Current;

    public bool CanMove => !HasEnded && (Next.Condition?.Invoke() ?? true);

    /// <summary>Whether a handler runs on it, and sleeps.</summary>
    public bool SleepsInHandler => !HasEnded && Next.IsSleep && !CanMove && frames.Any(frame => frame.IsInterrupt);

    /// <summary>Runs up to the first step, which isn't taken yet.</summary>
    public void Start(IEnumerator<Step> body, Action? ended = null)
    {
        frames.Push(new(name, body, false, ended));
        Move();
    }

    /// <summary>Puts a handler on top, up to its first step.</summary>
    public void Interrupt(string handler, IEnumerator<Step> body, Action ended)
    {
        frames.Push(new(handler, body, true, ended));
        Move();
    }

    public void Move()
    {
        while (frames.TryPeek(out var top))
        {
            if (top.Body.MoveNext())
            {
                if (top.Body.Current.Child is not { } child)
                    return;
                frames.Push(new(top.Name, child, false, null));
            }
            else if (End(top).IsInterrupt)
                return;
        }
    }

    /// <summary>Runs the <c>finally</c> blocks of what is left.</summary>
    public void Abandon()
    {
        while (frames.TryPop(out var frame))
            frame.Body.Dispose();
    }

    private ThreadFrame End(ThreadFrame top)
    {
        frames.Pop();
        top.Body.Dispose();
        top.Ended?.Invoke();
        return top;
    }
}
