using System.Runtime.Versioning;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>All that is measured.</summary>
[SupportedOSPlatform("linux")]
internal static class Measurements
{
    public static IEnumerable<IMeasurement> All =>
        [
            .. Work.All.Select(work => new CostMeasurement(work)),
            new MemoryMeasurement(),
            new GarbageMeasurement(),
            new StartMeasurement(),
        ];
}
