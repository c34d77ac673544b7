using System.Diagnostics.Metrics;
using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>The instruments of the server, beside those of its scheduler.</summary>
internal sealed class ServerMeter : IDisposable
{
    public const string Name = "Coroutines.Server";

    // As those of schedulers have it, so that the two can be joined.
    private const string WorkerTag = "coroutines.scheduler";

    private readonly Meter meter;
    private readonly KeyValuePair<string, object?>[] tags;

    /// <param name="worker">What is measured; its name, if it has one, is a tag of each measurement.</param>
    public ServerMeter(WorkerCounts worker)
    {
        var counts = worker.Counts;
        meter = new Meter(new MeterOptions(Name) { Scope = counts });
        tags = worker.Worker is { } name ? [new(WorkerTag, name)] : [];
        meter.CreateObservableCounter(
            "coroutines.server.requests",
            () => ServerCounts.StatusClasses.Select(one => Answers(counts, one)),
            "{request}",
            "How many requests were answered, by the class of the status."
        );
        meter.CreateObservableCounter(
            "coroutines.server.sent",
            () => Measure(counts.SentBytes),
            "By",
            "How many bytes were handed to the system, heads included."
        );
        ObserveConnections(counts);
        meter.CreateObservableCounter<long>(
            "coroutines.server.cache.lookups",
            () => [Lookups("hit", counts.CacheHits), Lookups("miss", counts.CacheMisses)],
            "{lookup}",
            "How many paths were looked up, by whether the file was in memory or open already."
        );
    }

    public void Dispose() => meter.Dispose();

    private void ObserveConnections(ServerCounts counts)
    {
        meter.CreateObservableUpDownCounter(
            "coroutines.server.connections",
            () => Measure(counts.Connections),
            "{connection}",
            "How many clients are connected."
        );
        meter.CreateObservableCounter(
            "coroutines.server.accepted",
            () => Measure(counts.Accepted),
            "{connection}",
            "How many clients were accepted."
        );
        meter.CreateObservableCounter(
            "coroutines.server.refused",
            () => Measure(counts.Refused),
            "{connection}",
            "How many of them were told that there are too many, or let go for that."
        );
        meter.CreateObservableCounter(
            "coroutines.server.overdue",
            () => Measure(counts.Overdue),
            "{connection}",
            "How many clients were let go because they took or sent too slowly."
        );
    }

    private Measurement<long> Answers(ServerCounts counts, int statusClass) =>
        Measure(counts.AnswersOf(statusClass), new KeyValuePair<string, object?>("status", $"{statusClass}xx"));

    private Measurement<long> Lookups(string outcome, long count) =>
        Measure(count, new KeyValuePair<string, object?>("outcome", outcome));

    private Measurement<long> Measure(long value, params KeyValuePair<string, object?>[] others) =>
        new(value, [.. tags, .. others]);
}
