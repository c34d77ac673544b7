using System.Globalization;
using System.Text;

namespace Server.Host.Admin;

/// <summary>One line of an instrument, that of some tags; of a histogram, several. A histogram is measured on one thread
/// while another reads it.</summary>
internal sealed class MetricSeries
{
    private readonly KeyValuePair<string, object?>[] tags;
    private readonly double[] boundaries;
    private readonly long[] buckets;
    private double sum;
    private string value = "0";

    /// <param name="tags">Whose line it is.</param>
    /// <param name="boundaries">The upper bounds of a histogram's buckets; empty for anything else.</param>
    public MetricSeries(ReadOnlySpan<KeyValuePair<string, object?>> tags, double[] boundaries)
    {
        this.tags = tags.ToArray();
        this.boundaries = boundaries;
        buckets = new long[boundaries.Length + 1];
    }

    /// <summary>Whether it is that of these tags.</summary>
    public bool IsOf(ReadOnlySpan<KeyValuePair<string, object?>> others)
    {
        if (others.Length != tags.Length)
            return false;
        for (var i = 0; i < tags.Length; i++)
            if (tags[i].Key != others[i].Key || !Equals(tags[i].Value, others[i].Value))
                return false;
        return true;
    }

    /// <summary>Takes note of what was observed.</summary>
    public void Set(string observed) => value = observed;

    /// <summary>Counts a value of a histogram.</summary>
    public void Record(double measured)
    {
        var bucket = 0;
        while (bucket < boundaries.Length && measured > boundaries[bucket])
            bucket++;
        Interlocked.Increment(ref buckets[bucket]);
        for (var before = Volatile.Read(ref sum); ; )
        {
            var seen = Interlocked.CompareExchange(ref sum, before + measured, before);
            if (seen.Equals(before))
                return;
            before = seen;
        }
    }

    /// <summary>Writes the line.</summary>
    public void Write(StringBuilder page, string name) => WriteLine(page, name, boundary: null, value);

    /// <summary>Writes the lines of a histogram: its buckets, each with those below it, their sum and their count.</summary>
    public void WriteHistogram(StringBuilder page, string name)
    {
        var count = 0L;
        for (var i = 0; i < buckets.Length; i++)
        {
            count += Volatile.Read(ref buckets[i]);
            var boundary = i < boundaries.Length ? Text(boundaries[i]) : "+Inf";
            WriteLine(page, name + "_bucket", boundary, Text(count));
        }
        WriteLine(page, name + "_sum", boundary: null, Text(Volatile.Read(ref sum)));
        WriteLine(page, name + "_count", boundary: null, Text(count));
    }

    /// <summary>A number as Prometheus reads it.</summary>
    public static string Text(IFormattable number) => number.ToString(format: null, CultureInfo.InvariantCulture);

    private void WriteLine(StringBuilder page, string name, string? boundary, string text)
    {
        var labels = tags.Select(tag => $"{MetricName.OfLabel(tag.Key)}=\"{Escaped(tag.Value)}\"");
        if (boundary is not null)
            labels = labels.Append($"le=\"{boundary}\"");
        var list = string.Join(',', labels);
        page.Append(name).Append(list.Length > 0 ? $"{{{list}}}" : "").Append(' ').Append(text).Append('\n');
    }

    private static string Escaped(object? label) =>
        (Convert.ToString(label, CultureInfo.InvariantCulture) ?? "")
            .Replace(@"\", @"\\", StringComparison.Ordinal)
            .Replace("\"", "\\\"", StringComparison.Ordinal)
            .Replace("\n", @"\n", StringComparison.Ordinal);
}
