using Coroutines.Benchmarks.SideBySide;
using Server.Host.Comparing;
using Server.Host.Files;

namespace Coroutines.Benchmarks.ColdDisk;

/// <summary>How long clients wait for a page in memory while others ask for a file on a slow disk.</summary>
/// <remarks>Server and clients share this process: what counts is the ratio to the same clients alone, round by round.
/// </remarks>
internal static class ColdDiskCommand
{
    private const int Rounds = 5;
    private const int Others = 8;
    private const int HotBytes = 1_000;
    private const int ColdBytes = 100_000; // more than is kept in memory

    private static readonly TimeSpan DiskTime = TimeSpan.FromMilliseconds(50);

    /// <summary>Prints a line for each way to wait.</summary>
    public static void Print()
    {
        var folder = Directory.CreateTempSubdirectory("cold-disk-");
        try
        {
            Console.WriteLine(
                $"16 clients ask for a page in memory, {Others} for a file that takes {DiskTime.TotalMilliseconds} ms to read;"
            );
            Console.WriteLine($"what the 16 wait for, in ms: medians of {Rounds} rounds of a second.");
            Console.WriteLine($"  {"who reads", -10}{"p99 alone", 24}{"p99 beside them", 26}{"ratio", 24}");
            Print("a worker", folder.FullName, DiskWait.Refused);
            Print("the loop", folder.FullName, DiskWait.Allowed);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static void Print(string who, string folder, DiskWait wait)
    {
        var (hot, cold) = (Write(folder, "hot", HotBytes), Write(folder, "cold", ColdBytes));
        using var server = new SlowServer(new SlowRoot(FileRoot.At(folder), ColdBytes, DiskTime), wait);
        var (alone, beside) = (new List<double>(), new List<double>());
        for (var round = 0; round < Rounds; round++)
        {
            alone.Add(MostlyWithin(new Beside(server, hot, cold).Measure(others: 0)));
            beside.Add(MostlyWithin(new Beside(server, hot, cold).Measure(Others)));
        }
        var ratios = beside.Zip(alone, (one, other) => one / other);
        Console.WriteLine($"  {who, -10}{Spread.Of(alone), 24}{Spread.Of(beside), 26}{Spread.Of(ratios), 24}");
    }

    private static double MostlyWithin(Latencies latencies) => latencies.Percentile(99).TotalMilliseconds;

    private static Page Write(string folder, string name, int lengthBytes)
    {
        var content = new byte[lengthBytes];
        new Random(1).NextBytes(content);
        File.WriteAllBytes(Path.Combine(folder, name), content);
        return new($"/{name}", content);
    }
}
