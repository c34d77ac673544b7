namespace Coroutines.Exploring;

/// <summary>A signal, or a set of them.</summary>
[Flags]
public enum Signal
{
    /// <summary>No signal.</summary>
    None = 0,

    /// <summary>SIGCHLD: a child has ended.</summary>
    Child = 1,

    /// <summary>SIGALRM: a time is up.</summary>
    Alarm = 2,
}
