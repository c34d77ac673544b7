using System.Globalization;

namespace Server.Host.Comparing;

/// <summary>What was measured, as two tables: one of loads, one of what is measured once for each server.</summary>
internal static class ComparisonTables
{
    private const string Unknown = "-";

    public static Table Loads(IEnumerable<CandidateResult> results)
    {
        var table = new Table(
            "model",
            "clients",
            "requests/s",
            "CPU us/request",
            "p50 ms",
            "p99 ms",
            "answered",
            "reopened",
            "refused",
            "wrong",
            "never served"
        );
        foreach (var result in results)
        {
            foreach (var load in result.Loads)
                table.Add([result.Name, Text(load.Clients), .. Measured(load)]);
            if (result.Newcomer is { } newcomer)
                table.Add([result.Name, "1, new connections", .. Measured(newcomer)]);
        }
        return table;
    }

    public static Table Servers(IEnumerable<CandidateResult> results)
    {
        var table = new Table(
            "model",
            "idle clients",
            "kB each",
            "processes",
            "threads",
            "first byte p50 ms",
            "first byte p99 ms",
            "beside a slow client p50 ms",
            "longest ms"
        );
        foreach (var result in results)
        {
            table.Add([result.Name, .. Idle(result.Idle), .. FirstByte(result.Newcomer), .. Slow(result.Slow)]);
        }
        return table;
    }

    private static string[] Measured(LoadResult load) =>
        [
            Number(load.RequestsPerSecond),
            load.ProcessorTimePerRequest is { } time ? Number(time.TotalMicroseconds) : Unknown,
            Milliseconds(load.Latencies, 50),
            Milliseconds(load.Latencies, 99),
            Text(load.Answered),
            Text(load.Reopened),
            Text(load.Refused),
            Text(load.Wrong),
            Text(load.Unserved),
        ];

    private static string[] Idle(IdleResult? idle) =>
        idle is null
            ? [Unknown, Unknown, Unknown, Unknown]
            :
            [
                Text(idle.Clients),
                idle.BytesPerClient is { } bytes ? Number(bytes / 1024) : Unknown,
                Text(idle.Processes),
                Text(idle.Threads),
            ];

    private static string[] FirstByte(LoadResult? newcomer) =>
        newcomer is null
            ? [Unknown, Unknown]
            : [Milliseconds(newcomer.FirstBytes, 50), Milliseconds(newcomer.FirstBytes, 99)];

    private static string[] Slow(SlowResult? slow) =>
        slow is null
            ? [Unknown, Unknown]
            : [Number(slow.Median.TotalMilliseconds), Number(slow.Longest.TotalMilliseconds)];

    private static string Milliseconds(Latencies latencies, double percent) =>
        latencies.Count == 0 ? Unknown : Number(latencies.Percentile(percent).TotalMilliseconds);

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);

    /// <summary>Three digits that count, or all before the point.</summary>
    private static string Number(double value) =>
        value.ToString(
            Math.Abs(value) switch
            {
                >= 100 => "F0",
                >= 10 => "F1",
                >= 1 => "F2",
                _ => "F3",
            },
            CultureInfo.InvariantCulture
        );
}
