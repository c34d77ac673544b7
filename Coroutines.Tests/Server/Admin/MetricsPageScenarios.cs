using System.Diagnostics.Metrics;
using Server.Host.Admin;
using Server.Host.Http;

namespace Coroutines.Tests.Server.Admin;

/// <summary>Feature: what meters measure is written as Prometheus reads it (text format 0.0.4).</summary>
public sealed class MetricsPageScenarios : IDisposable
{
    private readonly object scope = new();
    private readonly Meter meter;
    private readonly MetricsPage page;

    public MetricsPageScenarios()
    {
        meter = new(new MeterOptions("a") { Scope = scope });
        page = new(scope);
    }

    public void Dispose()
    {
        page.Dispose();
        meter.Dispose();
    }

    [Test]
    public void A_counter_ends_in_total_and_has_its_unit_in_its_name()
    {
        meter.CreateObservableCounter("site.sent", () => 1_234_567_890_123, "By", "Bytes.");
        ThenThePageIs(
            """
            # HELP site_sent_bytes_total Bytes.
            # TYPE site_sent_bytes_total counter
            site_sent_bytes_total 1234567890123

            """
        );
    }

    [Test]
    public void What_goes_up_and_down_is_a_gauge_with_the_latest_value()
    {
        var value = 5;
        meter.CreateObservableUpDownCounter("alive", () => value, "{coroutine}", "Alive.");
        page.Write();
        value = 4;
        ThenThePageIs(
            """
            # HELP alive Alive.
            # TYPE alive gauge
            alive 4

            """
        );
    }

    [Test]
    public void Tags_are_labels_and_nobody_breaks_out_of_one()
    {
        meter.CreateObservableCounter<long>(
            "ended",
            () =>
                [
                    new(1, new KeyValuePair<string, object?>("the.outcome", "one")),
                    new(2, new KeyValuePair<string, object?>("the.outcome", "t\"w\\o\n")),
                ],
            unit: null,
            "Ended."
        );
        ThenThePageIs(
            """
            # HELP ended_total Ended.
            # TYPE ended_total counter
            ended_total{the_outcome="one"} 1
            ended_total{the_outcome="t\"w\\o\n"} 2

            """
        );
    }

    [Test]
    public void A_histogram_counts_each_value_in_its_bucket_and_those_above()
    {
        var times = meter.CreateHistogram(
            "time",
            "s",
            "Time.",
            advice: new InstrumentAdvice<double> { HistogramBucketBoundaries = [0.1, 1] }
        );
        foreach (var time in (double[])[0.05, 0.1, 0.5, 2])
            times.Record(time);
        ThenThePageIs(
            """
            # HELP time_seconds Time.
            # TYPE time_seconds histogram
            time_seconds_bucket{le="0.1"} 2
            time_seconds_bucket{le="1"} 3
            time_seconds_bucket{le="+Inf"} 4
            time_seconds_sum 2.65
            time_seconds_count 4

            """
        );
    }

    [Test]
    public void Measuring_a_histogram_allocates_nothing()
    {
        var times = meter.CreateHistogram<double>("time");
        var tag = new KeyValuePair<string, object?>("a", "b");
        times.Record(1, tag);
        using var quiet = new NoCollections();
        var before = GC.GetAllocatedBytesForCurrentThread();
        for (var i = 0; i < 1_000; i++)
            times.Record(i, tag);
        (GC.GetAllocatedBytesForCurrentThread() - before).ShouldBe(0);
    }

    [Test]
    public void Meters_of_others_are_not_on_the_page()
    {
        using var other = new Meter(new MeterOptions("a") { Scope = new ServerCounts() });
        other.CreateObservableCounter("other", () => 1);
        using var none = new Meter("a");
        none.CreateObservableCounter("none", () => 1);
        ThenThePageIs("");
    }

    [Test]
    public void What_the_runtime_collects_and_allocates_is_on_the_page_of_a_server()
    {
        using var its = new MetricsPage(new AdminSubject("a", [new ServerCounts()], []).IsMeasuredBy);
        var lines = its.Write().Split('\n');
        lines.ShouldContain(line => line.StartsWith("dotnet_gc_collections_total{gc_heap_generation=\"gen0\"} "));
        lines.ShouldContain(line => line.StartsWith("dotnet_gc_heap_total_allocated_bytes_total "));
        lines.ShouldContain("# TYPE dotnet_gc_pause_time_seconds_total counter");
        lines.ShouldContain(line => line.StartsWith("dotnet_process_cpu_time_seconds_total{cpu_mode=\"user\"} "));
        lines.ShouldContain(line => line.StartsWith("dotnet_process_memory_working_set_bytes "));
        lines.ShouldNotContain(line => line.StartsWith("dotnet_jit"));
    }

    [Test]
    public void Those_of_several_workers_are_one_family_that_differs_in_a_label()
    {
        var workers = WorkerCounts.Of(2);
        using var meters = new ServerMeters(workers);
        using var its = new MetricsPage(
            new AdminSubject("a", [.. workers.Select(worker => worker.Counts)], []).IsMeasuredBy
        );
        workers[0].Counts.CountAccepted();
        workers[1].Counts.CountSent(10);
        var lines = its.Write().Split('\n');
        lines.Count(line => line == "# TYPE coroutines_server_accepted_total counter").ShouldBe(1);
        lines.ShouldContain("coroutines_server_accepted_total{coroutines_scheduler=\"worker 1\"} 1");
        lines.ShouldContain("coroutines_server_accepted_total{coroutines_scheduler=\"worker 2\"} 0");
        lines.ShouldContain("coroutines_server_sent_bytes_total{coroutines_scheduler=\"worker 2\"} 10");
    }

    [Test]
    public void The_server_counts_what_it_does()
    {
        var counts = new ServerCounts();
        using var server = new ServerMeter(new(Worker: null, counts));
        using var its = new MetricsPage(counts);
        counts.CountAccepted();
        counts.CountAccepted();
        counts.CountEnded();
        counts.CountRefused();
        counts.CountAnswer(304);
        counts.CountSent(10);
        counts.CountCacheHit();
        var lines = its.Write().Split('\n');
        lines.ShouldContain("coroutines_server_accepted_total 2");
        lines.ShouldContain("coroutines_server_connections 1");
        lines.ShouldContain("coroutines_server_refused_total 1");
        lines.ShouldContain("coroutines_server_requests_total{status=\"3xx\"} 1");
        lines.ShouldContain("coroutines_server_sent_bytes_total 10");
        lines.ShouldContain("coroutines_server_cache_lookups_total{outcome=\"hit\"} 1");
    }

    private void ThenThePageIs(string text) => page.Write().ShouldBe(text.ReplaceLineEndings("\n"));
}
