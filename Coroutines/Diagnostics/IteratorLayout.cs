namespace Coroutines.Diagnostics;

/// <summary>What the symbols tell of an iterator: its yields, and where its locals are in scope.</summary>
/// <param name="Yields">Its yields, by state.</param>
/// <param name="Scopes">The scopes of its locals: entry i belongs to <c>5__(i+1)</c>.</param>
/// <param name="Missing">Why there are none.</param>
internal sealed record IteratorLayout(
    IReadOnlyDictionary<int, YieldPoint> Yields,
    IReadOnlyList<HoistedScope> Scopes,
    string? Missing
)
{
    /// <summary>Whether it would be the same another time.</summary>
    public bool IsLasting { get; private init; } = true;

    /// <summary>Reads the symbols, and puts the parameters into the order of the source.</summary>
    public static IteratorLayout Of(Type iterator, IteratorFields fields)
    {
        try
        {
            var symbols = AssemblySymbols.Of(iterator.Module);
            fields.Order(symbols.ParametersOf(iterator));
            return new(symbols.YieldsOf(iterator), symbols.ScopesOf(iterator), symbols.Missing);
        }
        catch (Exception refused)
        {
            // Whoever looks inside mustn't fail by that: it is told why there are no lines.
            return new(new Dictionary<int, YieldPoint>(), [], $"the assembly can't be read: {refused.Message}")
            {
                IsLasting = false,
            };
        }
    }
}
