namespace Coroutines.Exploring;

/// <summary>An interleaving, step by step.</summary>
public sealed class Witness
{
    private readonly Listing listing;

    internal Witness(IReadOnlyList<WitnessStep> steps, Listing listing) => (Steps, this.listing) = (steps, listing);

    /// <summary>Its steps.</summary>
    public IReadOnlyList<WitnessStep> Steps { get; }

    internal string Source => listing.Text;

    /// <summary>A table: who took which step, and what was shown after it. At most 100 columns wide, as long as there are no
    /// more than half a dozen values.</summary>
    public override string ToString() => new WitnessTable(Steps, listing).ToString();
}
