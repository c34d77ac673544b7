using System.Globalization;
using System.Text;

namespace Coroutines.Testing;

/// <summary>Bytes and values as people read them in a message.</summary>
internal static class Quoted
{
    // What is shown before and behind the first difference: a line of 120 columns holds it.
    private const int BytesAround = 30;

    /// <summary>Where two runs of bytes begin to differ, and both around there, one above the other.</summary>
    public static string Difference(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> received)
    {
        var at = expected.CommonPrefixLength(received);
        var from = Math.Max(0, at - BytesAround);
        var column = Escaped(expected[from..at]).Length + (from > 0 ? "...".Length : 0);
        return $"should have received {expected.Length} bytes, but received {received.Length}; "
            + $"they differ from byte {at} on:\n"
            + $"  expected: {Around(expected, from, at)}\n"
            + $"  received: {Around(received, from, at)}\n"
            + $"            {new string(' ', column + 1)}^";
    }

    /// <summary>A value, text in quotes.</summary>
    public static string Value(object? value) =>
        value switch
        {
            null => "nothing",
            string text => $"\"{text}\"",
            _ => Convert.ToString(value, CultureInfo.InvariantCulture) ?? "",
        };

    private static string Around(ReadOnlySpan<byte> bytes, int from, int at)
    {
        var end = Math.Min(bytes.Length, at + BytesAround);
        return $"\"{(from > 0 ? "..." : "")}{Escaped(bytes[from..end])}{(end < bytes.Length ? "..." : "")}\"";
    }

    private static string Escaped(ReadOnlySpan<byte> bytes)
    {
        var text = new StringBuilder();
        foreach (var one in bytes)
            _ = one switch
            {
                (byte)'\r' => text.Append("\\r"),
                (byte)'\n' => text.Append("\\n"),
                (byte)'\t' => text.Append("\\t"),
                (byte)'"' or (byte)'\\' => text.Append('\\').Append((char)one),
                < 0x20 or > 0x7E => text.Append(CultureInfo.InvariantCulture, $"\\x{one:X2}"),
                _ => text.Append((char)one),
            };
        return text.ToString();
    }
}
