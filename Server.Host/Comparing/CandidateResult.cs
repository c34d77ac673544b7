namespace Server.Host.Comparing;

/// <summary>What was measured of one server.</summary>
internal sealed record CandidateResult
{
    public required string Name { get; init; }

    /// <summary>Why what is missing wasn't measured; null if all was.</summary>
    public string? Failure { get; init; }

    /// <summary>With persistent connections, by the number of clients.</summary>
    public IReadOnlyList<LoadResult> Loads { get; init; } = [];

    /// <summary>One client, a new connection for each request.</summary>
    public LoadResult? Newcomer { get; init; }

    public IdleResult? Idle { get; init; }

    public SlowResult? Slow { get; init; }
}
