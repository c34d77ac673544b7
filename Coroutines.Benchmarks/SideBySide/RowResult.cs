namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What one kind of work cost, round by round.</summary>
internal sealed class WorkResult(Work work)
{
    private readonly List<IReadOnlyDictionary<string, double>> rounds = [];

    public Work Work => work;

    public void Add(IReadOnlyDictionary<string, double> round) => rounds.Add(round);

    /// <summary>The median of a server's costs, in microseconds; null if it doesn't do this work.</summary>
    public double? CostOf(string peer) =>
        rounds[0].ContainsKey(peer) ? Median(rounds.Select(round => round[peer])) : null;

    /// <summary>The median of the ratios of our costs to a server's, round by round, with the least and the greatest; null
    /// if it doesn't do this work.</summary>
    public (double Median, double Least, double Greatest)? RatioTo(string peer)
    {
        if (!rounds[0].ContainsKey(peer))
            return null;
        var ratios = rounds.ConvertAll(round => round[PeerName.Ours] / round[peer]);
        return (Median(ratios), ratios.Min(), ratios.Max());
    }

    private static double Median(IEnumerable<double> values)
    {
        var sorted = values.Order().ToList();
        return (sorted[(sorted.Count - 1) / 2] + sorted[sorted.Count / 2]) / 2;
    }
}
