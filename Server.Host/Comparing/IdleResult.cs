namespace Server.Host.Comparing;

/// <summary>What clients cost that were answered once, and then stay connected.</summary>
/// <param name="Clients">How many of them the server held.</param>
/// <param name="MemoryBytes">What it took to hold them, in all.</param>
/// <param name="Processes">With how many processes.</param>
/// <param name="Threads">And how many threads, of all those together.</param>
internal sealed record IdleResult(int Clients, long MemoryBytes, int Processes, int Threads)
{
    // Of fewer, the memory is lost in what the runtime takes and gives back meanwhile.
    private const int MinClients = 8;

    /// <summary>Null if they were too few to tell.</summary>
    public double? BytesPerClient => Clients < MinClients ? null : (double)MemoryBytes / Clients;
}
