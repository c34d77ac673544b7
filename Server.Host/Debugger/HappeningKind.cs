namespace Server.Host.Debugger;

/// <summary>What kind of thing has happened.</summary>
internal enum HappeningKind
{
    /// <summary>A coroutine was spawned.</summary>
    Spawn,

    /// <summary>A coroutine was resumed.</summary>
    Run,

    /// <summary>A coroutine has yielded what it waits for, or has found that it must wait.</summary>
    Wait,

    /// <summary>A coroutine has run to its end.</summary>
    End,

    /// <summary>A coroutine was unwound.</summary>
    Cancelled,

    /// <summary>A coroutine has failed.</summary>
    Failed,

    /// <summary>Bytes were received.</summary>
    Read,

    /// <summary>All bytes that were offered were sent.</summary>
    Write,

    /// <summary>A part of the bytes that were offered was sent.</summary>
    Partial,

    /// <summary>A fault has had an effect.</summary>
    Fault,

    /// <summary>The poller was asked, or has answered.</summary>
    Poll,

    /// <summary>A breakpoint has stopped it.</summary>
    Stop,
}
