namespace Server.Host.Http;

/// <summary>Reads one range: <c>first-last</c>, <c>first-</c> or <c>-suffix</c> (RFC 9110, section 14.1.2).</summary>
internal static class RangeSpec
{
    /// <param name="spec">The range, without blanks around it.</param>
    /// <param name="lengthBytes">The length of the whole representation.</param>
    /// <param name="range">What of the range there is, if it can be satisfied.</param>
    /// <returns><see cref="RangeResult.Ignored"/> if it is malformed.</returns>
    public static RangeResult Read(ReadOnlySpan<byte> spec, long lengthBytes, out ByteRange range)
    {
        range = default;
        var dash = spec.IndexOf((byte)'-');
        if (dash < 0)
            return RangeResult.Ignored;
        var first = spec[..dash];
        var last = spec[(dash + 1)..];
        if (first.IsEmpty)
            return IsNumber(last) ? TakeSuffix(Number(last), lengthBytes, out range) : RangeResult.Ignored;
        if (!IsNumber(first) || (!last.IsEmpty && (!IsNumber(last) || IsLess(last, first))))
            return RangeResult.Ignored;
        return Take(Number(first), last.IsEmpty ? long.MaxValue : Number(last), lengthBytes, out range);
    }

    private static RangeResult Take(long first, long last, long lengthBytes, out ByteRange range)
    {
        range = default;
        if (first >= lengthBytes)
            return RangeResult.Unsatisfiable;
        range = new(first, Math.Min(last, lengthBytes - 1) - first + 1);
        return RangeResult.Satisfiable;
    }

    // The suffix of what is empty is there, but no Content-Range can name it: then the whole is sent.
    private static RangeResult TakeSuffix(long suffix, long lengthBytes, out ByteRange range)
    {
        range = default;
        if (suffix == 0)
            return RangeResult.Unsatisfiable;
        if (lengthBytes == 0)
            return RangeResult.Ignored;
        var length = Math.Min(suffix, lengthBytes);
        range = new(lengthBytes - length, length);
        return RangeResult.Satisfiable;
    }

    private static bool IsNumber(ReadOnlySpan<byte> digits) =>
        !digits.IsEmpty && !digits.ContainsAnyExceptInRange((byte)'0', (byte)'9');

    // No file is as long as the largest long: what is beyond it may stand for it.
    private static long Number(ReadOnlySpan<byte> digits)
    {
        var number = 0L;
        foreach (var digit in digits)
        {
            if (number > (long.MaxValue - (digit - '0')) / 10)
                return long.MaxValue;
            number = number * 10 + (digit - '0');
        }
        return number;
    }

    private static bool IsLess(ReadOnlySpan<byte> digits, ReadOnlySpan<byte> others)
    {
        digits = digits.TrimStart((byte)'0');
        others = others.TrimStart((byte)'0');
        return digits.Length == others.Length ? digits.SequenceCompareTo(others) < 0 : digits.Length < others.Length;
    }
}
