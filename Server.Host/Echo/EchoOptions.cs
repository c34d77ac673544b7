namespace Server.Host.Echo;

/// <summary>What the echo server was asked to do, checked.</summary>
internal sealed record EchoOptions
{
    public const int DefaultPort = 30_001;

    // The lecture's MAX_PROCESSES.
    public const int DefaultMaxProcesses = 5;

    // A thread costs a stack and a descriptor; Linux gives a process 1,024 descriptors by default.
    public const int DefaultMaxThreads = 1_000;

    /// <summary>0 lets the system choose.</summary>
    public int Port { get; init; } = DefaultPort;

    /// <summary>One of <see cref="EchoServer.Models"/>.</summary>
    public string Model { get; init; } = EchoServer.Models[0];

    public int MaxProcesses { get; init; } = DefaultMaxProcesses;

    public int MaxThreads { get; init; } = DefaultMaxThreads;
}
