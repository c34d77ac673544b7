using System.Globalization;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What our server's cost ought to be at most.</summary>
/// <param name="Of">As a multiple of whose cost.</param>
/// <param name="Ratio">The multiple.</param>
internal readonly record struct Target(string Of, double Ratio)
{
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Ratio} x {Of}");
}
