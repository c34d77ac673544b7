namespace Server.Host.Debugger;

/// <summary>How far a scheduler may go before it stands still.</summary>
internal enum StepMode
{
    /// <summary>To the next place where it can stand still.</summary>
    Paused,

    /// <summary>Through one resume, or one poll.</summary>
    Resume,

    /// <summary>To the end of a turn: until the poller has answered.</summary>
    Turn,

    /// <summary>To a breakpoint.</summary>
    Running,
}
