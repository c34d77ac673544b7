namespace Server.Host.Comparing;

/// <summary>What a process and all below it use.</summary>
/// <param name="Processes">How many there are.</param>
/// <param name="Threads">How many they have together.</param>
/// <param name="ProcessorTime">What they have computed, and those below that have ended and were reaped.</param>
internal readonly record struct TreeUsage(int Processes, int Threads, TimeSpan ProcessorTime)
{
    public static TreeUsage operator +(TreeUsage tree, ProcessStatus process) =>
        new(tree.Processes + 1, tree.Threads + process.Threads, tree.ProcessorTime + process.ProcessorTime);
}
