using System.Diagnostics.Metrics;
using System.Text;

namespace Server.Host.Admin;

/// <summary>An instrument, or several of one name, and what was measured by it, as Prometheus reads it.</summary>
internal sealed class MetricFamily
{
    private readonly Lock adding = new();
    private readonly string help;
    private readonly string type;
    private readonly double[] boundaries;
    private volatile MetricSeries[] series = [];

    public MetricFamily(Instrument instrument)
    {
        var isCounter =
            instrument
            is Counter<int>
                or Counter<long>
                or ObservableCounter<int>
                or ObservableCounter<long>
                or ObservableCounter<double>;
        IsHistogram = instrument is Histogram<int> or Histogram<double>;
        Name = MetricName.Of(instrument, isCounter);
        help = instrument.Description ?? "";
        type =
            isCounter ? "counter"
            : IsHistogram ? "histogram"
            : "gauge";
        boundaries = BoundariesOf(instrument);
    }

    /// <summary>Its name, as Prometheus has it.</summary>
    public string Name { get; }

    private bool IsHistogram { get; }

    /// <summary>Takes note of a measurement: adds it to a histogram, and replaces what was observed before otherwise.
    /// </summary>
    public void Take<T>(T measured, ReadOnlySpan<KeyValuePair<string, object?>> tags)
        where T : struct, IFormattable, IConvertible
    {
        var one = SeriesOf(tags);
        if (IsHistogram)
            one.Record(measured.ToDouble(provider: null));
        else
            one.Set(MetricSeries.Text(measured));
    }

    public void Write(StringBuilder page)
    {
        page.Append($"# HELP {Name} {help}\n# TYPE {Name} {type}\n");
        foreach (var one in series)
        {
            if (IsHistogram)
                one.WriteHistogram(page, Name);
            else
                one.Write(page, Name);
        }
    }

    private MetricSeries SeriesOf(ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        foreach (var one in series)
            if (one.IsOf(tags))
                return one;
        lock (adding)
        {
            var added = new MetricSeries(tags, boundaries);
            series = [.. series, added];
            return added;
        }
    }

    private static double[] BoundariesOf(Instrument instrument) =>
        instrument switch
        {
            Histogram<int> { Advice.HistogramBucketBoundaries: { } steps } => [.. steps.Select(step => (double)step)],
            Histogram<double> { Advice.HistogramBucketBoundaries: { } steps } => [.. steps],
            _ => [],
        };
}
