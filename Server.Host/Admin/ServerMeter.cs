using System.Diagnostics.Metrics;
using Server.Host.Http;

namespace Server.Host.Admin;

/// <summary>The instruments of the server, beside those of its scheduler.</summary>
internal sealed class ServerMeter : IDisposable
{
    public const string Name = "Coroutines.Server";

    private readonly Meter meter;

    public ServerMeter(ServerCounts counts)
    {
        meter = new Meter(new MeterOptions(Name) { Scope = counts });
        meter.CreateObservableCounter(
            "coroutines.server.requests",
            () => ServerCounts.StatusClasses.Select(one => Answers(counts, one)),
            "{request}",
            "How many requests were answered, by the class of the status."
        );
        meter.CreateObservableCounter(
            "coroutines.server.sent",
            () => counts.SentBytes,
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
            () => counts.Connections,
            "{connection}",
            "How many clients are connected."
        );
        meter.CreateObservableCounter(
            "coroutines.server.accepted",
            () => counts.Accepted,
            "{connection}",
            "How many clients were accepted."
        );
        meter.CreateObservableCounter(
            "coroutines.server.refused",
            () => counts.Refused,
            "{connection}",
            "How many of them were told that there are too many."
        );
        meter.CreateObservableCounter(
            "coroutines.server.overdue",
            () => counts.Overdue,
            "{connection}",
            "How many clients were let go because they took or sent too slowly."
        );
    }

    private static Measurement<long> Answers(ServerCounts counts, int statusClass) =>
        new(counts.AnswersOf(statusClass), new KeyValuePair<string, object?>("status", $"{statusClass}xx"));

    private static Measurement<long> Lookups(string outcome, long count) =>
        new(count, new KeyValuePair<string, object?>("outcome", outcome));
}
