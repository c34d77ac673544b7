namespace Coroutines;

/// <summary>What a <see cref="Wait"/> waits for.</summary>
public enum WaitKind : byte
{
    /// <summary>Nothing: let the others run first. The value of <c>default(Wait)</c>.</summary>
    Pause,

    /// <summary>A socket from which can be read (or accepted) without blocking.</summary>
    Read,

    /// <summary>A socket to which can be written without blocking, or whose connect has ended.</summary>
    Write,

    /// <summary>Whichever of the two comes first.</summary>
    ReadOrWrite,

    /// <summary>A point in time.</summary>
    Sleep,

    /// <summary>The end of a child; its failure is the caller's too.</summary>
    Call,

    /// <summary>The end of a child; its failure is handed to the caller.</summary>
    TryCall,

    /// <summary>Nothing: the frame ends here with a result.</summary>
    Return,

    /// <summary>The end of another coroutine; its failure is the joiner's too.</summary>
    Join,

    /// <summary>The end of another coroutine; its failure is handed to the joiner.</summary>
    TryJoin,

    /// <summary>The end of every coroutine of a scope.</summary>
    JoinScope,

    /// <summary>Whichever of several waits comes first.</summary>
    Any,

    /// <summary>An event that is set.</summary>
    Event,

    /// <summary>A permit of a semaphore.</summary>
    Acquire,

    /// <summary>Room for an item in a channel.</summary>
    Send,

    /// <summary>An item from a channel.</summary>
    Receive,

    /// <summary>The end of a task.</summary>
    Task,

    /// <summary>The end of work that was handed to other threads.</summary>
    Work,

    /// <summary>A POSIX signal.</summary>
    Signal,
}
