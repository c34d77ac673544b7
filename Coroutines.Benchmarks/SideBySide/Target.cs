using System.Globalization;

namespace Coroutines.Benchmarks.SideBySide;

/// <summary>What is to be reached.</summary>
/// <param name="AtMost">The most that is measured.</param>
/// <param name="Of">Whose measure that is a multiple of; null: it is a measure itself.</param>
/// <param name="Who">Who is held to it.</param>
internal sealed record Target(double AtMost, string? Of = null, string Who = PeerName.Ours)
{
    /// <summary>In words, as a value in some unit.</summary>
    public string Text(string unit)
    {
        var limit = AtMost.ToString("#,0.##", CultureInfo.InvariantCulture);
        var what = Of is null ? $"{limit} {unit}".TrimEnd() : $"{limit} x {Of}";
        return Who == PeerName.Ours ? what : $"{what} ({Who})";
    }
}
