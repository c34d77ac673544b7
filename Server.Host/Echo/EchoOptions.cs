namespace Server.Host.Echo;

/// <summary>What the echo server was asked to do, checked.</summary>
internal sealed record EchoOptions
{
    public const int DefaultPort = 30_001;

    /// <summary>0 lets the system choose.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>One of <see cref="Models.Model.Names"/>.</summary>
    public string Model { get; init; } = Models.Model.Names[0];

    public int MaxProcesses { get; init; } = ServerOptions.DefaultMaxProcesses;

    /// <summary>What the debugger's page is to do; null: there is none.</summary>
    public Debugger.DebuggerOptions? Debugger { get; init; }

    public int MaxThreads { get; init; } = ServerOptions.DefaultMaxThreads;
}
