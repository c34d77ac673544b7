namespace Coroutines.Benchmarks.SideBySide;

/// <summary>A row of the table: one thing that was measured of several servers, round by round.</summary>
/// <param name="name">What was measured.</param>
/// <param name="unit">In which unit.</param>
/// <param name="targets">What is to be reached.</param>
internal sealed class RowResult(string name, string unit, IReadOnlyList<Target> targets)
{
    private readonly List<IReadOnlyDictionary<string, double>> rounds = [];

    public string Name => name;

    public string Unit => unit;

    public IReadOnlyList<Target> Targets => targets;

    /// <summary>What each round measured, by the server's name.</summary>
    public IReadOnlyList<IReadOnlyDictionary<string, double>> Rounds => rounds;

    public void Add(IReadOnlyDictionary<string, double> round) => rounds.Add(round);

    /// <summary>What was measured of a server; null if it wasn't.</summary>
    public Spread? Of(string peer) => Has(peer) ? Spread.Of(rounds.Select(round => round[peer])) : null;

    /// <summary>What is compared with a target: a value, or the ratio of two, round by round; null if it is unknown.
    /// </summary>
    public Spread? Beside(Target target) => target.Of is null ? Of(target.Who) : Ratio(target.Who, target.Of);

    /// <summary>The ratio of one server's values to another's, round by round; null if one of them is unknown.</summary>
    public Spread? Ratio(string one, string other) =>
        Has(one) && Has(other) ? Spread.Of(rounds.Select(round => round[one] / round[other])) : null;

    private bool Has(string peer) => rounds.Count > 0 && rounds[0].ContainsKey(peer);
}
