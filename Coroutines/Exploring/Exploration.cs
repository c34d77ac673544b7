namespace Coroutines.Exploring;

/// <summary>All interleavings of a model, counted by how they end.</summary>
public sealed class Exploration
{
    internal Exploration(IEnumerable<Outcome> outcomes)
    {
        Outcomes = [.. outcomes.OrderByDescending(outcome => outcome.Count)];
        Count = Outcomes.Sum(outcome => outcome.Count);
    }

    /// <summary>The source that the model gave; empty: none.</summary>
    public string Source => Outcomes[0].Witness.Source;

    /// <summary>How many there are.</summary>
    public int Count { get; }

    /// <summary>How they end, the most frequent first.</summary>
    public IReadOnlyList<Outcome> Outcomes { get; }

    /// <summary>The outcome of a name.</summary>
    /// <exception cref="KeyNotFoundException">No interleaving ends so.</exception>
    public Outcome this[string name] =>
        Outcomes.FirstOrDefault(outcome => outcome.Name == name)
        ?? throw new KeyNotFoundException($"The outcomes are {Names}, but '{name}' was asked for.");

    private string Names => string.Join(", ", Outcomes.Select(outcome => $"'{outcome.Name}'"));

    /// <summary>How many interleavings have an outcome of which this is a part: <c>g = -1</c>, for instance, whatever else
    /// went wrong as well.</summary>
    public int CountOf(string part) => With(part).Sum(outcome => outcome.Count);

    /// <summary>Asserts that no interleaving has an outcome of which this is a part.</summary>
    /// <exception cref="InterleavingException">One has; the message shows the shortest.</exception>
    public void ShouldNever(string part)
    {
        var found = With(part).ToArray();
        if (found.Length > 0)
            throw Failure(
                $"'{part}' must never happen, but {CountOf(part)} of {Count} interleavings come to it.",
                found
            );
    }

    /// <summary>Asserts that every interleaving ends so.</summary>
    /// <exception cref="InterleavingException">One doesn't; the message shows the shortest.</exception>
    public void ShouldAlways(string name)
    {
        var others = Outcomes.Where(outcome => outcome.Name != name).ToArray();
        if (others.Length > 0)
            throw Failure(
                $"Every interleaving must end in '{name}', but {others.Sum(outcome => outcome.Count)} of {Count} do not.",
                others
            );
    }

    /// <summary>The counts, a line for each outcome.</summary>
    public override string ToString() =>
        string.Join('\n', Outcomes.Select(outcome => outcome.ToString()).Prepend($"{Count} interleavings"));

    private static InterleavingException Failure(string rule, Outcome[] outcomes)
    {
        var shortest = outcomes.MinBy(outcome => outcome.Witness.Steps.Count)!;
        return new($"{rule} The shortest ends in '{shortest.Name}':\n\n{shortest.Witness}");
    }

    private IEnumerable<Outcome> With(string part) => Outcomes.Where(outcome => outcome.Parts.Contains(part));
}
