using System.Collections.Frozen;
using System.Diagnostics.Metrics;

namespace Server.Host.Admin;

/// <summary>Those of the runtime's own instruments that tell whether a server is well: what it computes, what it takes, and
/// whether it makes garbage.</summary>
/// <remarks>.NET, 'Built-in metrics: System.Runtime'.</remarks>
internal static class RuntimeInstruments
{
    private const string MeterName = "System.Runtime";

    private static readonly FrozenSet<string> Names = FrozenSet.Create(
        "dotnet.gc.collections",
        "dotnet.gc.heap.total_allocated",
        "dotnet.gc.pause.time",
        "dotnet.process.cpu.time",
        "dotnet.process.memory.working_set"
    );

    /// <summary>Whether it is one of them.</summary>
    public static bool Has(Instrument instrument) =>
        instrument.Meter.Name == MeterName && Names.Contains(instrument.Name);
}
