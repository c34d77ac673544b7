using Server.Host.Models;

namespace Server.Host.Comparing;

/// <summary>What is to be compared, checked.</summary>
internal sealed record CompareOptions
{
    // A client of the load and its end at the server are two descriptors, of 1,024 that are usual. The runtime asks for more.
    public const int MaxClients = 1_000;

    // 64 children compute for some five seconds only to start, on one core.
    public const int DefaultMaxProcesses = 64;

    public const string DefaultOutput = "artifacts/compare";
    public const double DefaultSeconds = 4;
    public const double MinSeconds = 0.1;
    public const double MaxSeconds = 60;
    public static readonly int[] DefaultConnections = [1, 8, 64, 512];

    public const double QuickSeconds = 0.4;
    public static readonly int[] QuickConnections = [1, 8];

    /// <summary>The folder for tables and plots.</summary>
    public string Output { get; init; } = DefaultOutput;

    /// <summary>How long each load is counted.</summary>
    public TimeSpan Duration { get; init; } = TimeSpan.FromSeconds(DefaultSeconds);

    /// <summary>How many clients ask at once, load by load.</summary>
    public IReadOnlyList<int> Connections { get; init; } = DefaultConnections;

    /// <summary>Some of <see cref="Model.Names"/>.</summary>
    public IReadOnlyList<string> Models { get; init; } = Model.Names;

    /// <summary>Children alive at a time, of the model with processes.</summary>
    public int MaxProcesses { get; init; } = DefaultMaxProcesses;

    /// <summary>Another server, which is measured beside the models; null: none.</summary>
    public string? Beside { get; init; }
}
