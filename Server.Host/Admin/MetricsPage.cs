using System.Collections.Concurrent;
using System.Diagnostics.Metrics;
using System.Text;

namespace Server.Host.Admin;

/// <summary>The metrics of one server in Prometheus' text format, version 0.0.4. Those of several workers with one name are
/// one family, and differ in their labels.</summary>
internal sealed class MetricsPage : IDisposable
{
    public const string ContentType = "text/plain; version=0.0.4; charset=utf-8";

    private readonly ConcurrentQueue<MetricFamily> families = [];
    private readonly MeterListener listener = new();

    /// <param name="scopes">Whose meters they are: the server's counts, its schedulers.</param>
    public MetricsPage(params IReadOnlyCollection<object> scopes)
        : this(instrument => instrument.Meter.Scope is { } scope && scopes.Contains(scope)) { }

    /// <param name="shows">Which instruments are on the page.</param>
    public MetricsPage(Predicate<Instrument> shows)
    {
        listener.InstrumentPublished = (instrument, _) =>
        {
            if (shows(instrument))
                listener.EnableMeasurementEvents(instrument, FamilyOf(instrument));
        };
        Listen<int>();
        Listen<long>();
        Listen<double>();
        listener.Start();
    }

    public string Write()
    {
        listener.RecordObservableInstruments();
        var page = new StringBuilder();
        foreach (var family in families)
            family.Write(page);
        return page.ToString();
    }

    public void Dispose() => listener.Dispose();

    private MetricFamily FamilyOf(Instrument instrument)
    {
        var family = new MetricFamily(instrument);
        if (families.FirstOrDefault(one => one.Name == family.Name) is { } known)
            return known;
        families.Enqueue(family);
        return family;
    }

    private void Listen<T>()
        where T : struct, IFormattable, IConvertible =>
        listener.SetMeasurementEventCallback<T>(
            static (_, measured, tags, family) => ((MetricFamily)family!).Take(measured, tags)
        );
}
