using System.Globalization;
using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Reads from our server's admin port what its runtime has allocated and collected.</summary>
[SupportedOSPlatform("linux")]
internal sealed class GarbageCounts(RunningPeer peer) : IDisposable
{
    private readonly HttpClient client = new() { Timeout = TimeSpan.FromSeconds(10) };
    private readonly Uri page = new(new(peer.Told("Admin at ")), "/metrics");

    /// <summary>All until now.</summary>
    public (long Collections, long Bytes) Read()
    {
        using var response = client.Send(new(HttpMethod.Get, page));
        using var reader = new StreamReader(response.Content.ReadAsStream());
        var lines = reader.ReadToEnd().Split('\n');
        return (Sum(lines, "dotnet_gc_collections_total"), Sum(lines, "dotnet_gc_heap_total_allocated_bytes_total"));
    }

    public void Dispose() => client.Dispose();

    private static long Sum(string[] lines, string metric) =>
        lines
            .Where(line => line.StartsWith(metric, StringComparison.Ordinal))
            .Sum(line => long.Parse(line.AsSpan(line.LastIndexOf(' ') + 1), CultureInfo.InvariantCulture));
}
