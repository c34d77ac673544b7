using OxyPlot;

namespace Server.Host.Comparing;

/// <summary>What was measured, as pictures.</summary>
/// <remarks>Most axes are logarithmic: a child that has to be started is three orders of magnitude above a coroutine.
/// </remarks>
internal static class ComparisonPlots
{
    /// <summary>The plots, by the names of their files.</summary>
    public static IEnumerable<(string File, PlotModel Plot)> Of(IReadOnlyList<CandidateResult> results)
    {
        var measured = results.Where(result => result.Loads.Count > 0).ToList();
        yield return ("requests.svg", Lines("Requests per second", measured, load => Positive(load.RequestsPerSecond)));
        yield return (
            "cpu.svg",
            Lines(
                "Processor time of the server per request, us",
                measured,
                load => Positive(load.ProcessorTimePerRequest?.TotalMicroseconds)
            )
        );
        yield return ("latency-p50.svg", Lines("Latency in the median, ms", measured, load => Latency(load, 50)));
        yield return ("latency-p99.svg", Lines("Latency of 99 %, ms", measured, load => Latency(load, 99)));
        yield return (
            "memory.svg",
            Bars("Memory of an idle client, kB", measured, result => Positive(result.Idle?.BytesPerClient / 1024))
        );
        yield return (
            "first-byte.svg",
            Bars(
                "From connect to the first byte, in the median, ms",
                measured,
                result => Milliseconds(result.Newcomer?.FirstBytes.Percentile(50))
            )
        );
        yield return (
            "slow-client.svg",
            Bars(
                "Waiting beside a slow client, in the median, ms",
                measured,
                result => Milliseconds(result.Slow?.Median)
            )
        );
    }

    private static double? Latency(LoadResult load, double percent) => Milliseconds(load.Latencies.Percentile(percent));

    private static double? Milliseconds(TimeSpan? time) => Positive(time?.TotalMilliseconds);

    // A logarithmic axis has no place for nothing.
    private static double? Positive(double? value) => value > 0 ? value : null;

    private static PlotModel Lines(
        string title,
        IEnumerable<CandidateResult> results,
        Func<LoadResult, double?> value
    ) =>
        Plots.Lines(
            title,
            "clients",
            results.Select(result => (result.Name, result.Loads.Select(load => ((double)load.Clients, value(load)))))
        );

    private static PlotModel Bars(
        string title,
        IEnumerable<CandidateResult> results,
        Func<CandidateResult, double?> value
    ) => Plots.Bars(title, results.Select(result => (result.Name, value(result))));
}
