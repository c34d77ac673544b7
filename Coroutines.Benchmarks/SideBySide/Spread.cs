using System.Globalization;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>Values that were measured in several rounds.</summary>
internal readonly record struct Spread(double Median, double Least, double Greatest)
{
    /// <param name="values">One or more.</param>
    public static Spread Of(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return new((sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2, sorted[0], sorted[^1]);
    }

    /// <summary>The median, and how far the rounds lie apart if they do.</summary>
    public override string ToString() =>
        Least < Greatest ? $"{Text(Median)} ({Text(Least)}-{Text(Greatest)})" : Text(Median);

    private static string Text(double value) => value.ToString("#,0.0#", CultureInfo.InvariantCulture);
}
