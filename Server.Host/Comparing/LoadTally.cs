namespace Server.Host.Comparing;

/// <summary>What the clients of a load have seen. Belongs to the loop's thread.</summary>
/// <param name="clock">Measures latencies.</param>
internal sealed class LoadTally(TimeProvider clock)
{
    private bool isMeasured = true;
    private readonly long[] counts = new long[(int)Verdict.Wrong + 1];

    /// <summary>The right answers since the load began, whether their time was measured or not.</summary>
    public long AnsweredInAll { get; private set; }

    /// <summary>From request, or connect, to the last byte of each right answer.</summary>
    public Latencies Latencies { get; private set; } = new();

    /// <summary>From connect to the first byte of the first answer.</summary>
    public Latencies FirstBytes { get; private set; } = new();

    /// <summary>Whether clients are to finish what is under way, and end.</summary>
    public bool IsOver { get; private set; }

    public long Count(Verdict verdict) => counts[(int)verdict];

    public long Timestamp() => clock.GetTimestamp();

    /// <summary>Counts from here on: what came before was to warm up.</summary>
    public void Restart()
    {
        Array.Clear(counts);
        (Latencies, FirstBytes) = (new(), new());
    }

    /// <summary>Has clients end. What is under way is measured, too.</summary>
    public void Stop() => IsOver = true;

    /// <summary>Has clients end. What is under way counts as answered, but isn't measured.</summary>
    public void End() => (IsOver, isMeasured) = (true, false);

    /// <summary>A connection has brought its first byte.</summary>
    /// <param name="since">When the client began to connect.</param>
    public void AddFirstByte(long since)
    {
        if (isMeasured)
            FirstBytes.Add(clock.GetElapsedTime(since));
    }

    /// <summary>Something has become of a request.</summary>
    /// <param name="verdict">What.</param>
    /// <param name="since">When it began.</param>
    public void Add(Verdict verdict, long since)
    {
        if (verdict == Verdict.Right)
            AnsweredInAll++;
        if (!isMeasured)
            return;
        counts[(int)verdict]++;
        if (verdict == Verdict.Right)
            Latencies.Add(clock.GetElapsedTime(since));
    }
}
