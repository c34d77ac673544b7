namespace Server.Host.Debugger;

/// <summary>Where in its turn a loop stands still.</summary>
internal enum Phase
{
    /// <summary>Before a coroutine is resumed.</summary>
    Resume,

    /// <summary>Before the poller is asked.</summary>
    Poll,

    /// <summary>After the poller has answered: the end of the turn.</summary>
    Polled,

    /// <summary>Nowhere: it runs, and was looked at in passing.</summary>
    Running,

    /// <summary>The kernel runs the clients, as processes or threads: there is no such loop.</summary>
    ByKernel,
}
