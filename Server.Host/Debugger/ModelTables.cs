namespace Server.Host.Debugger;

/// <summary>What a model consists of that has no coroutines.</summary>
internal sealed record ModelTables
{
    /// <summary>The server's process, and its children.</summary>
    public IReadOnlyList<ProcessRow> Processes { get; init; } = [];

    /// <summary>The threads that serve clients.</summary>
    public IReadOnlyList<ThreadRow> Threads { get; init; } = [];

    /// <summary>The connections of the state machine.</summary>
    public IReadOnlyList<ConnectionRow> Connections { get; init; } = [];
}
