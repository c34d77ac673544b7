using System.Diagnostics.Metrics;

namespace Coroutines.Tests.Diagnostics;

/// <summary>A listener to the instruments of one scheduler, as a collector is one to all.</summary>
internal sealed class Measurements : IDisposable
{
    private readonly MeterListener listener = new();
    private readonly List<Instrument> instruments = [];
    private readonly Dictionary<string, List<double>> values = [];

    /// <param name="scheduler">Whose meter it listens to.</param>
    /// <param name="wanted">The instruments it listens to; all of them if none is named.</param>
    public Measurements(Scheduler scheduler, params string[] wanted)
    {
        listener.InstrumentPublished = (instrument, listener) =>
        {
            if (instrument.Meter.Scope != scheduler || (wanted.Length > 0 && !wanted.Contains(instrument.Name)))
                return;
            instruments.Add(instrument);
            listener.EnableMeasurementEvents(instrument);
        };
        listener.SetMeasurementEventCallback<int>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<long>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.SetMeasurementEventCallback<double>((instrument, value, tags, _) => Add(instrument, value, tags));
        listener.Start();
    }

    public IReadOnlyList<Instrument> Instruments => instruments;

    /// <summary>The tags that were seen, each once.</summary>
    public HashSet<(string Name, object? Value)> Tags { get; } = [];

    /// <summary>Asks the instruments that are observed for their values now.</summary>
    public Measurements Observe()
    {
        values.Clear();
        listener.RecordObservableInstruments();
        return this;
    }

    /// <summary>What an instrument measured since the last <see cref="Observe"/>, in order.</summary>
    public double[] this[string instrument] => [.. values.GetValueOrDefault(instrument, [])];

    public void Dispose() => listener.Dispose();

    private void Add(Instrument instrument, double value, ReadOnlySpan<KeyValuePair<string, object?>> tags)
    {
        var key = instrument.Name;
        foreach (var (name, text) in tags)
        {
            Tags.Add((name, text));
            if (name == "coroutines.outcome")
                key = $"{key} {text}";
        }
        if (!values.TryGetValue(key, out var measured))
            values[key] = measured = [];
        measured.Add(value);
    }
}
