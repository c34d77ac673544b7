namespace Coroutines;

/// <summary>Where a coroutine is in its life: New, then Ready, Running and Suspended in turn, then one of three ends.</summary>
public enum CoroutineState : byte
{
    /// <summary>Spawned and in the ready queue; its first step hasn't run.</summary>
    New,

    /// <summary>In the ready queue: what it waited for has come.</summary>
    Ready,

    /// <summary>Being resumed, or unwound, right now.</summary>
    Running,

    /// <summary>Waiting.</summary>
    Suspended,

    /// <summary>Ended by running to its end.</summary>
    Completed,

    /// <summary>Ended by an exception.</summary>
    Failed,

    /// <summary>Ended by a cancel of itself or of its scope.</summary>
    Cancelled,
}
