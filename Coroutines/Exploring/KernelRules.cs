namespace Coroutines.Exploring;

/// <summary>Where kernels differ, or are believed to. By default all is as on Linux.</summary>
public sealed record KernelRules
{
    /// <summary>What Linux does.</summary>
    public static KernelRules Linux { get; } = new();

    /// <summary>Whether <c>wait</c> sleeps for ever when there is no child. Linux, as POSIX says, fails with ECHILD at once.
    /// </summary>
    public bool WaitSleepsWithoutChildren { get; init; }

    /// <summary>Whether reaping the last zombie clears a blocked, pending SIGCHLD. POSIX says so (<c>wait</c>, in the
    /// description); Linux keeps it pending.</summary>
    public bool ReapingClearsPending { get; init; }

    /// <summary>Whether the status left by a <c>wait</c> that failed looks like a child's exit, as zero does. Standards leave
    /// it indeterminate. By default it does.</summary>
    public bool FailureLooksLikeExit { get; init; } = true;
}
