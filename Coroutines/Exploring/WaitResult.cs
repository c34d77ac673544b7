namespace Coroutines.Exploring;

/// <summary>How <c>wait</c> or <c>waitpid</c> ended.</summary>
public enum WaitResult
{
    /// <summary>A zombie was reaped.</summary>
    Reaped,

    /// <summary>There is no child (ECHILD).</summary>
    NoChild,

    /// <summary>A signal was handled meanwhile (EINTR).</summary>
    Interrupted,

    /// <summary>There are children, but no zombie (<c>WNOHANG</c> returns 0).</summary>
    NoneEnded,
}
