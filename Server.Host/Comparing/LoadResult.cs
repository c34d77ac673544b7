namespace Server.Host.Comparing;

/// <summary>What a load has measured.</summary>
internal sealed record LoadResult
{
    /// <summary>How many clients asked at once.</summary>
    public required int Clients { get; init; }

    /// <summary>How long they were counted.</summary>
    public required TimeSpan Elapsed { get; init; }

    /// <summary>Right answers in that time.</summary>
    public required long Answered { get; init; }

    /// <summary>Persistent connections that the server ended between two answers.</summary>
    public required long Reopened { get; init; }

    /// <summary>Clients that were refused, or let go without an answer.</summary>
    public required long Refused { get; init; }

    /// <summary>Wrong answers.</summary>
    public required long Wrong { get; init; }

    /// <summary>Clients that were never answered, warm-up included.</summary>
    public required int Unserved { get; init; }

    /// <summary>Right answers of the whole load, warm-up included.</summary>
    public required long AnsweredInAll { get; init; }

    /// <summary>What the server's processes have computed in that time, in the kernel too.</summary>
    public required TimeSpan ProcessorTime { get; init; }

    /// <summary>From request, or connect, to the last byte.</summary>
    public required Latencies Latencies { get; init; }

    /// <summary>From connect to the first byte.</summary>
    public required Latencies FirstBytes { get; init; }

    public double RequestsPerSecond => Answered / Elapsed.TotalSeconds;

    /// <summary>Null if nothing was answered.</summary>
    public TimeSpan? ProcessorTimePerRequest => Answered == 0 ? null : ProcessorTime / Answered;
}
