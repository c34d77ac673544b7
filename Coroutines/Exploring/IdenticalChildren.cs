namespace Coroutines.Exploring;

/// <summary>The children of a process that do nothing but exit. They are alike, so which of them exits makes no difference.
/// </summary>
internal sealed class IdenticalChildren(Process parent) : IActor
{
    public int Count { get; set; }

    public string Name => "child";

    public bool CanMove => Count > 0;

    public Step Next { get; } = Step.At("exit", line: 0);

    public void Move()
    {
        Count--;
        parent.ChildHasEnded();
    }
}
