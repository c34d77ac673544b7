using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Something that is measured of all servers that it can be measured of.</summary>
[SupportedOSPlatform("linux")]
internal interface IMeasurement
{
    /// <summary>What it is called.</summary>
    string Name { get; }

    /// <summary>Measures, and returns the rows of the table.</summary>
    /// <exception cref="MissingException">It couldn't be done.</exception>
    IEnumerable<RowResult> Run(IReadOnlyList<Peer> peers, Plan plan);
}
