namespace Coroutines.Exploring;

/// <summary>The result of a <c>wait</c>, and the status that it left: a variable of who calls it.</summary>
public sealed class WaitStatus
{
    /// <summary>How the last call ended.</summary>
    public WaitResult Result { get; internal set; } = WaitResult.NoChild;

    /// <summary><c>WIFEXITED(status) || WIFSIGNALED(status)</c>. After a failure it is as the
    /// <see cref="KernelRules"/> have it, whatever became of the children.</summary>
    public bool LooksLikeExit { get; internal set; }
}
