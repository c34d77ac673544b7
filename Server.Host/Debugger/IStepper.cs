namespace Server.Host.Debugger;

/// <summary>Looks at a server, and has it stand still and go on, as far as its model lets itself be stepped. Any thread may
/// use it.</summary>
internal interface IStepper : IDisposable
{
    /// <summary>A server that runs was looked at in passing. Raised on whichever thread looks.</summary>
    event Action? Glanced;

    /// <summary>Has it stand still, and go on.</summary>
    Brake Brake { get; }

    /// <summary>What was seen.</summary>
    SnapshotRing Snapshots { get; }

    /// <summary>Where a server that runs is to stop.</summary>
    Breakpoints Breakpoints { get; }

    /// <summary>What can be told to it.</summary>
    Abilities Abilities { get; }

    /// <summary>Lets it go as far as <paramref name="next"/> says.</summary>
    /// <param name="next">How far.</param>
    /// <param name="steps">How many steps of that kind, 1 or more.</param>
    void Go(StepMode next, int steps = 1);

    /// <summary>Has something done by the thread of what is studied, at the start of its next turn.</summary>
    void Post(Action action);

    /// <summary>Has a server that runs be looked at, if anything has moved since.</summary>
    void Glance();
}
