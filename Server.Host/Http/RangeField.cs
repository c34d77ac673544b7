using System.Text;

namespace Server.Host.Http;

/// <summary>Reads the Range field (RFC 9110, section 14.2).</summary>
/// <remarks>A field with another unit than bytes, one that is malformed anywhere, and one with more than
/// <see cref="MaxRanges"/> ranges is ignored: the whole is a right answer to each of them. Positions may have any number of
/// digits.</remarks>
internal static class RangeField
{
    /// <summary>The most ranges that are looked at, those included that lie behind the end.</summary>
    public const int MaxRanges = 200; // Apache: MaxRanges 200; the whole is sent beyond it

    /// <param name="value">The field's value.</param>
    /// <param name="lengthBytes">The length of the whole representation.</param>
    /// <param name="ranges">Empty; filled if they can be satisfied.</param>
    public static RangeResult Read(ReadOnlySpan<byte> value, long lengthBytes, RangeSet ranges)
    {
        var result = TrySkipUnit(value, out var set) ? ReadSet(set, lengthBytes, ranges) : RangeResult.Ignored;
        if (result != RangeResult.Satisfiable)
            ranges.Clear();
        return result;
    }

    // Names of units don't depend on the case of letters (section 14.1).
    private static bool TrySkipUnit(ReadOnlySpan<byte> value, out ReadOnlySpan<byte> set)
    {
        var unit = "bytes="u8;
        var found = value.Length > unit.Length && Ascii.EqualsIgnoreCase(value[..unit.Length], unit);
        set = found ? value[unit.Length..] : default;
        return found;
    }

    private static RangeResult ReadSet(ReadOnlySpan<byte> set, long lengthBytes, RangeSet ranges)
    {
        var (count, result) = (0, RangeResult.Unsatisfiable);
        foreach (var element in new ListElements(set))
        {
            if (element.IsEmpty) // section 5.6.1.2: to be skipped
                continue;
            if (++count > MaxRanges)
                return RangeResult.Ignored;
            switch (RangeSpec.Read(element, lengthBytes, out var range))
            {
                case RangeResult.Ignored:
                    return RangeResult.Ignored;
                case RangeResult.Satisfiable:
                    ranges.Add(range);
                    result = RangeResult.Satisfiable;
                    break;
            }
        }
        return count == 0 ? RangeResult.Ignored : result;
    }
}
