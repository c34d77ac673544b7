namespace Server.Host.Debugger;

/// <summary>What a server of some model can be told.</summary>
[Flags]
internal enum Abilities
{
    None = 0,

    /// <summary>It can be stopped, and stepped.</summary>
    Step = 1,

    /// <summary>It stops at breakpoints.</summary>
    Break = 2,

    /// <summary>Its receives and sends can be limited.</summary>
    Fault = 4,

    /// <summary>Its connections can be reset.</summary>
    Reset = 8,
}
